"""Languages and how well they are spoken, in free words.

Codes are ISO 639-1, those that ``people.enums.SPOKEN_LANGUAGES`` knows. Decisions where a list
says less or more than a code can hold:

- Persian, Farsi and Dari are all ``fa``: their speakers understand each other, and a pair must
  not fail because one list says Dari and another Farsi. The word Dari stays as a remark.
- Kurmanji and «Kurdisch» are ``ku``. «Kurdisch (Sorani)» is not: the two do not understand each
  other, and there is no code for Sorani among the languages people can choose. It is asked for.
- Serbian, Croatian and Bosnian keep their codes ``sr``, ``hr`` and ``bs``.
"""

import difflib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tandemwerk.intake.reading.cells import fold, soften
from tandemwerk.intake.reading.codes import QuestionCode
from tandemwerk.intake.reading.values.reading import Reading, says_nothing

LEVELS: Final = ("A1", "A2", "B1", "B2", "C1", "C2", "L1")

#: Code, then names and other codes; all are folded before they are compared.
_LANGUAGES: Final = """
de: deutsch german deu ger de dt dtsch d allemand немецкий німецька
en: englisch english eng en e engl anglais англійська
fr: französisch french fra fre fr f franz français
ar: arabisch arabic ara ar arab العربية عربي
fa: farsi persisch persian fas per fa pers dari prs afghanisch afghan فارسی دری
ps: paschtu pashto paschto pashtu paschtunisch puschtu pus ps pschtu پښتو
ku: kurmandschi kurmanji kurmanci kurmancî kurmandji kurdisch kurdish kur kmr ku nordkurdisch
uk: ukrainisch ukrainian ukr uk ua українська украинский
ru: russisch russian rus ru r русский російська
tr: türkisch turkish tur tr t türkçe
ti: tigrinya tigrinja tigrinia tigrigna tigrinisch tir ti ትግርኛ
am: amharisch amharic amh am አማርኛ
om: oromo oromisch oromiffa orm om
so: somali somalisch som so
sw: suaheli swahili kisuaheli swa sw
ur: urdu urd ur اردو
hi: hindi hin hi
pa: punjabi panjabi pandschabi pan pa
bn: bengalisch bengali bangla ben bn
ta: tamil tamilisch tam ta
uz: usbekisch uzbek uzb uz
tg: tadschikisch tajik tgk tg
az: aserbaidschanisch azerbaijani aze az azeri
hy: armenisch armenian hye arm hy
ka: georgisch georgian kat geo ka
sq: albanisch albanian sqi alb sq shqip
sr: serbisch serbian srp sr serbokroatisch
hr: kroatisch croatian hrv hr
bs: bosnisch bosnian bos bs
mk: mazedonisch macedonian mkd mk
bg: bulgarisch bulgarian bul bg
ro: rumänisch romanian ron rum ro moldauisch
pl: polnisch polish pol pl polski
cs: tschechisch czech ces cze cs
sk: slowakisch slovak slk sk
hu: ungarisch hungarian hun hu
el: griechisch greek ell gre el
it: italienisch italian ita it i italiano
es: spanisch spanish spa es s span español castellano
pt: portugiesisch portuguese por pt português
nl: niederländisch dutch nld dut nl holländisch
da: dänisch danish dan da
sv: schwedisch swedish swe sv
lt: litauisch lithuanian lit lt
lv: lettisch latvian lav lv
et: estnisch estonian est et
he: hebräisch hebrew heb he iwrit
zh: chinesisch chinese zho chi zh mandarin
ja: japanisch japanese jpn ja
ko: koreanisch korean kor ko
vi: vietnamesisch vietnamese vie vi
th: thailändisch thai tha th
ha: hausa hau ha
yo: yoruba yor yo
ig: igbo ibo ig
wo: wolof wol wo
ff: fulfulde fula fulani pular ful ff
bm: bambara bam bm
ln: lingala lin ln
"""
CODE_OF_NAME: Final = {
    fold(name): line.partition(":")[0]
    for line in _LANGUAGES.strip().splitlines()
    for name in line.partition(":")[2].split()
}
CODES: Final = frozenset(CODE_OF_NAME.values())
#: Words that are codes or names of languages, and far more often something else.
_ALSO_WORDS: Final = frozenset({"so", "am", "he", "it", "da"})
_LONG_NAMES: Final = tuple(name for name in CODE_OF_NAME if len(name) > 5)  # noqa: PLR2004
_SHORTEST_PREFIX: Final = 3

_LEVEL_OF_WORDS: Final = {
    "L1": "muttersprache muttersprachlich muttersprachler muttersprachlerin mutterspr muttersp ms"
    " l1 native nativ mother erstsprache erst zweisprachig bilingual",
    "C2": "verhandlungssicher perfekt perfect proficient",
    "C1": "fliessend fluent fluently fliesend fliess fl",
    "B2": "gut gute guter good well advanced fortgeschritten",
    "B1": "mittel mittelmaessig intermediate konversation konversationssicher okay ok"
    " schulkenntnisse",
    "A2": "etwas grundkenntnisse basic basics some bisschen bissl bit grundlagen einfach einfache",
    "A1": "wenig little kaum anfaenger anfaengerin beginner alphabetisierung schlecht",
}
_LEVEL_OF_WORD: Final = {
    word: level for level, words in _LEVEL_OF_WORDS.items() for word in words.split()
}
_NOT_KURMANJI: Final = frozenset({"sorani", "zentralkurdisch", "suedkurdisch"})
_VERY: Final = frozenset({"sehr", "very"})
_NOT: Final = frozenset({"kein", "keine", "keinen", "no", "not", "nicht", "noch"})
_FILLERS: Final = frozenset(
    [
        "und",
        "and",
        "u",
        "sowie",
        "oder",
        "or",
        "auch",
        "also",
        "ein",
        "eine",
        "ganz",
        "a",
        "the",
        "in",
        "spricht",
        "ich",
        "i",
        "speak",
        "speaks",
        "als",
        "as",
        "noch",
        "kenntnisse",
        "kenntnis",
        "niveau",
        "level",
        "sprache",
        "sprachen",
        "language",
        "languages",
        "tongue",
        "speaker",
        "first",
        "wort",
        "schrift",
        "schriftlich",
        "muendlich",
        "zertifikat",
        "ca",
        "stufe",
        "schon",
        "zurzeit",
        "lernt",
        "my",
        "meine",
        "ist",
        "is",
        "me",
        "bis",
        "zu",
        "plus",
        "von",
    ]
)
_MEANINGLESS: Final = _FILLERS | _VERY | {":"}
_DARI: Final = frozenset({"dari", "prs"})
#: «noch kein Deutsch»
_WORDS_OF_DENIAL: Final = 3
_LEVEL: Final = re.compile(r"([abc])\s?([12])(?:\.\d)?\+?")
_PIECES: Final = re.compile(r"[,;\n|+&]|/(?!\s*[abc][12])|\b(?:und|and|sowie)\b")
_WORDS: Final = re.compile(
    r"[abc][12](?:[.]\d)?\+?(?:\s*[/-]\s*[abc][12])?(?![^\W_])|[^\W_]+(?:'[^\W_]+)*|:"
)


@dataclass(slots=True)
class _Spoken:
    """The languages of a text while it is read from left to right."""

    levels: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    has_unknown: bool = False
    #: The language named last, for a level that follows after a comma.
    last: str = ""

    def add(self, code: str, level: str) -> None:
        if level or code not in self.levels:
            self.levels[code] = level


@dataclass(slots=True)
class _Piece:
    """What stands between two commas: usually a language and a level, in either order."""

    code: str = ""
    level: str = ""
    is_negative: bool = False

    def take(self, spoken: _Spoken, word: str, before: str) -> None:
        if level := _level_of(word, before):
            # «etwas Deutsch A2»: the figure counts, not the word.
            self.level = level if _is_figure(word) or not self.level else self.level
            if self.code:
                spoken.add(self.code, self.level)
        elif code := code_of(word):
            self._take_language(spoken, code, word)
        elif word in _NOT:
            self.is_negative = True
        elif word not in _MEANINGLESS:
            spoken.has_unknown = True
            if word in _NOT_KURMANJI and self.code == "ku":
                spoken.levels.pop("ku", None)

    def _take_language(self, spoken: _Spoken, code: str, word: str) -> None:
        if self.code:
            self.level = ""
        self.code = code
        if not self.is_negative:
            spoken.add(code, self.level)
        if word in _DARI:
            spoken.remarks.append("Dari")


@lru_cache(maxsize=1_000)
def parse_languages(text: str) -> Reading[tuple[tuple[str, str], ...]]:
    """Codes and levels, the level empty where none is said, in the order of the text.

    >>> parse_languages("Dari (Mutterspr.), etwas Deutsch A2").value
    (('fa', 'L1'), ('de', 'A2'))
    >>> parse_languages("D, E, F").value
    (('de', ''), ('en', ''), ('fr', ''))
    """
    if says_nothing(text):
        return Reading(())
    spoken = _Spoken()
    for piece in _PIECES.split(soften(text)):
        _read_piece(spoken, piece)
    languages = tuple(spoken.levels.items())
    if spoken.has_unknown:
        return Reading(languages, text, question=QuestionCode.NOT_UNDERSTOOD)
    return Reading(languages, ", ".join(spoken.remarks))


def _read_piece(spoken: _Spoken, text: str) -> None:
    words = _WORDS.findall(text)
    piece = _Piece()
    for before, word in zip(["", *words], words, strict=False):
        piece.take(spoken, word, before)
    if piece.is_negative and piece.code and len(words) <= _WORDS_OF_DENIAL:
        spoken.levels.pop(piece.code, None)
        return
    if piece.level and not piece.code and spoken.last and not spoken.levels.get(spoken.last):
        spoken.add(spoken.last, piece.level)
    spoken.last = piece.code or spoken.last


def _is_figure(word: str) -> bool:
    return _LEVEL.match(word) is not None


@lru_cache(maxsize=1_000)
def code_of(word: str) -> str:
    """The code of a language by its name, an abbreviation of it or a code; empty if there is none.

    Names may be shortened («arab.»), inflected («arabische») or misspelt by a letter or two.
    """
    name = fold(word)
    if name in CODE_OF_NAME:
        return CODE_OF_NAME[name]
    if len(name) < _SHORTEST_PREFIX or not name.isalpha():
        return ""
    beginning = {code for known, code in CODE_OF_NAME.items() if known.startswith(name)}
    if len(beginning) == 1:
        return beginning.pop()
    inflected = [n for n in _LONG_NAMES if name.startswith(n) and len(name) - len(n) <= 2]  # noqa: PLR2004
    if inflected:
        return CODE_OF_NAME[inflected[0]]
    if len(name) > 5:  # noqa: PLR2004 - shorter words are too alike
        close = difflib.get_close_matches(name, _LONG_NAMES, n=1, cutoff=0.85)
        return CODE_OF_NAME[close[0]] if close else ""
    return ""


def language_in(text: str) -> str:
    """The one language a header names, as in «Deutsch», «NIVEAU_DE» or «Deutschkenntnisse»."""
    codes: list[str] = []
    for word in fold(re.sub(r"_", " ", text)).split():
        is_code = len(word) > 1 and word not in _ALSO_WORDS
        whole = CODE_OF_NAME.get(word, "") if is_code else ""
        part = next(
            (n for n in ("deutsch", "german", "englisch", "english") if word.startswith(n)), ""
        )
        code = whole or CODE_OF_NAME.get(part, "")
        if code and code not in codes:
            codes.append(code)
    return codes[0] if len(codes) == 1 else ""


def parse_level(text: str) -> Reading[str]:
    """The level in a column of its own: «B1», «gut», «MS», «TELC B2»; empty for none."""
    if says_nothing(text) or fold(text) in {"keine kenntnisse", "0", "kein deutsch"}:
        return Reading("")
    words = _WORDS.findall(re.sub(r"\b([abc])\s+([12])\b", r"\1\2", soften(text)))
    levels = [_level_of(word, words[n - 1] if n else "") for n, word in enumerate(words)]
    figures = [
        level for word, level in zip(words, levels, strict=True) if level and _is_figure(word)
    ]
    found = figures or [level for level in levels if level]
    if not found:
        return Reading("", text, question=QuestionCode.NOT_UNDERSTOOD)
    return Reading(found[0])


def _level_of(word: str, before: str) -> str:
    figure = _LEVEL.match(word)
    if figure:
        return f"{figure[1]}{figure[2]}".upper()
    level = _LEVEL_OF_WORD.get(fold(word), "")
    return "C1" if level == "B2" and before in _VERY else level
