"""Sentences of the field, put together from parts, so that a search finds what it would find."""

from html import escape
from random import Random
from typing import Final

from tandemwerk.demo import words

SUBJECTS: Final = tuple(
    "die Wohnungssuche|das Erstgespräch|ein Brief vom Jobcenter|die Anmeldung in der Kita|"
    "der Deutschkurs|die Anerkennung des Abschlusses|das Führungszeugnis|der Verwendungsnachweis|"
    "die Sprachmittlung|das Sprachcafé|ein Termin beim Arzt|die Ausbildungssuche|"
    "die Supervision für Freiwillige|der Abschied vom Tandem|das Schutzkonzept|"
    "die Kontoeröffnung|der Elternabend in der Schule|die Fahrtkosten|der Patenabend|"
    "die Gewinnung neuer Freiwilliger|das Bewerbungstraining|die Einladung zum Fest|"
    "die Familienzusammenführung|der Umzug in eine andere Stadt|die Einwilligung für Fotos|"
    "das Videodolmetschen|die Rückmeldung nach sechs Wochen|der Mietvertrag".split("|")
)
PEOPLE: Final = tuple(
    "eine Patin|ein Pate|eine Mentorin|ein Lotse|eine Familie|unser Team|ein neues Tandem|"
    "eine Mentee|der Träger|eine Kollegin|zwei Freiwillige|die Beratungsstelle".split("|")
)
VERBS: Final = tuple(
    "hat gute Erfahrungen gemacht mit|sucht Unterstützung für|fragt nach|berichtet über|"
    "hat eine Lösung gefunden für|braucht eine Vorlage für|kommt nicht weiter bei|"
    "möchte etwas ändern an|hat eine Liste gemacht für|hat sich Zeit genommen für".split("|")
)
ADVICE: Final = tuple(
    "Am besten klappt es, wenn beide vorher darüber sprechen.|"
    "Wir haben dafür eine Seite, die alle verstehen.|"
    "Ein Anruf innerhalb von drei Tagen macht den Unterschied.|"
    "Fragen Sie zuerst die Menschen, um die es geht.|"
    "Rechtlicher Rat gehört in die Beratungsstelle.|"
    "Nach drei Monaten schauen wir gemeinsam zurück.|"
    "Bei uns hat das jemand im Team fest übernommen.|"
    "Wichtig ist eine klare Absprache über die Zeiten.|"
    "Das steht bei uns in der Vereinbarung.|"
    "Mit einer Dolmetscherin ging es auf einmal leicht.|"
    "Wir planen dafür eine halbe Stunde in der Woche ein.|"
    "Schicken Sie gern die Vorlage herum.".split("|")
)
QUESTIONS: Final = (
    "Wie geht ihr vor: {subject}?",
    "{subject}: Was hat bei euch geholfen?",
    "Wer hat Erfahrung? Es geht um: {subject}",
    "Darf man das: {subject} im Tandem?",
    "Was tun, wenn es schwierig wird? Thema: {subject}",
)
TITLES: Final = (
    "{subject}: so machen wir es",
    "{subject} Schritt für Schritt",
    "Aus der Praxis: {subject}",
    "{subject} in {place}",
)


class Sentences:
    """Makes titles, posts and texts; the same chance makes the same ones."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def subject(self) -> str:
        return self._random.choice(SUBJECTS)

    def title(self, *, is_question: bool) -> str:
        """Return a title; places and people make most of them different."""
        place = self._random.choice(words.SITES)[0]
        pattern = self._random.choice(QUESTIONS if is_question else TITLES)
        title = pattern.format(subject=self.subject(), place=place)
        return (title[0].upper() + title[1:])[:160]

    def sentence(self) -> str:
        who, does = self._random.choice(PEOPLE), self._random.choice(VERBS)
        return f"{who[0].upper()}{who[1:]} {does}: {self.subject()}."

    def post(self) -> tuple[str, str]:
        """Return a post as Markdown and as the HTML that comes of it."""
        parts = [
            f"{self.sentence()} {self._random.choice(ADVICE)}"
            for _ in range(self._random.choice((1, 1, 1, 2, 3)))
        ]
        html = "".join(f"<p>{escape(part, quote=False)}</p>\n" for part in parts)
        return "\n\n".join(parts), html

    def body(self) -> str:
        """Return the text of an article."""
        return "\n\n".join(
            f"## {self.subject()[4:].capitalize()}\n\n{self.post()[0]} {self.sentence()}"
            for _ in range(self._random.randint(3, 6))
        )

    def names(self, count: int) -> list[str]:
        """Return names of people who do not exist."""
        origins = [words.GERMAN, *words.NEWCOMERS.values()]
        return [
            f"{self._random.choice((*origin.women, *origin.men))} "
            f"{self._random.choice(origin.families)}"
            for origin in self._random.choices(origins, (7, 1, 1, 1, 1, 1, 1), k=count)
        ]
