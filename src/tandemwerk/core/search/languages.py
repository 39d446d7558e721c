"""How words of a language become terms: letters folded, endings cut, female and male joined."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from Stemmer import Stemmer

#: Longer words are cut: no word that people search for is longer.
MAX_WORD: Final = 60

_MARKS: Final = r"\u0300-\u036f\u0640\u064b-\u0652\u0670"
#: A word: «Mentor:innen», «Mentor*in», «Mentor/-innen» and «зв’язок» are one each.
WORD: Final = re.compile(
    rf"[^\W_]+(?:(?:[{_MARKS}]"
    r"|(?:[*:_·]|/-?)(?=in(?:nen)?\b)"
    r"|(?<=[\u0400-\u04ff])['’ʼ](?=[\u0400-\u04ff]))[^\W_]*)*"
)
_NOT_LETTERS: Final = re.compile(rf"[{_MARKS}'’ʼ*:_·/-]")
#: One form for letters that Arabic, Persian and Ukrainian keyboards write in different ways.
_LETTERS: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و"}
    | {"ک": "ك", "ة": "ه", "ۀ": "ه", "ґ": "г", "ё": "е"}
)

_LATIN: Final = ("de", "en")
_ARABIC: Final = ("ar", "fa")
_CYRILLIC: Final = ("uk", "ru")
#: No ending is cut off that leaves less.
_SHORTEST: Final = 3


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return a word without what people write in different ways: case, marks, digits.

    >>> fold("Straße"), fold("شَهادة"), fold("٨٦")
    ('strasse', 'شهاده', '86')
    """
    folded = unicodedata.normalize("NFKC", word).casefold()[:MAX_WORD]
    folded = _NOT_LETTERS.sub("", folded)
    if folded.isascii():
        return folded
    folded = folded.translate(_LETTERS)
    return "".join(str(unicodedata.decimal(each, each)) for each in folded)


@lru_cache(maxsize=400_000)
def term_of(word: str, language: str) -> str:
    """Return the term that the index keeps for a folded word.

    >>> [term_of(word, "de") for word in ("mentorinnen", "mentorin", "mentor", "mentoren")]
    ['mentor', 'mentor', 'mentor', 'mentor']
    """
    return _STEMS.get(language, _snowball(language))(word) or word


def languages_of(word: str, reader: str) -> list[str]:
    """Return the languages a word may be of, by its script; the reader's own first."""
    letter = next((each for each in word if each.isalpha()), "a")
    name = unicodedata.name(letter, "")
    found = _ARABIC if name.startswith("ARABIC") else _LATIN
    found = _CYRILLIC if name.startswith("CYRILLIC") else found
    return sorted(found, key=lambda each: each != reader)


# German

#: «Mentorin» and «Ärztinnen» without their ending are the male word, «Patin» with an e.
_FEMALE: Final = re.compile(
    r"(?P<base>.{2,}(?:er|or|ent|ant|ist|eur|ekt|ärt)|.*(?:freund|chef|nachbar|[aä]rzt|anw[aä]lt)"
    r"|.*(?P<soft>pat|lots|kolleg|kund|expert|zeug|beamt|genoss|log|agog))in(?:nen)?"
)
_VERBAL: Final = re.compile(r"(?<=...)iert?$")
_VERB: Final = re.compile(r"(?:be|ge|ent|er|ver|zer)?(?:g|w|sp|r|s)innen")


#: «eingeschlafen» is «einschlafen».
_PARTICIPLE: Final = re.compile(
    r"(?P<before>ab|an|auf|aus|bei|ein|fort|her|hin|los|mit|nach|um|vor|weg|zu|zurück|zusammen)"
    r"ge(?P<verb>.{3,}?)(?:t|en)(?:e[mnrs]?)?"
)


def _german(word: str) -> str:
    participle = _PARTICIPLE.fullmatch(word)
    if participle:
        word = f"{participle['before']}{participle['verb']}en"
    female = _FEMALE.fullmatch(word)
    if female and not _VERB.fullmatch(word):
        word = female["base"] + ("e" if female["soft"] else "")
    term: str = _stemmer("german").stemWord(word)
    # «Qualifizierung», «qualifiziert» and «qualifizieren», which Snowball keeps apart.
    return _VERBAL.sub("i", term)


# Arabic and Persian: folded letters, so the endings below are written with ي and ه.

_ARABIC_ARTICLES: Final = ("وال", "بال", "كال", "فال", "لل", "ال", "و")
_ARABIC_ENDINGS: Final = ("ات", "ون", "ين", "ان", "يه", "ه", "ي")
_PERSIAN_ENDINGS: Final = ("هايي", "هاي", "ها", "اني", "ترين", "تر", "ان", "ي")


def _arabic(word: str) -> str:
    return _without(word, _ARABIC_ARTICLES, _ARABIC_ENDINGS)


def _persian(word: str) -> str:
    return _without(word, (), _PERSIAN_ENDINGS)


# Ukrainian: no published stemmer that runs everywhere; endings of nouns, adjectives and verbs.

_UKRAINIAN: Final = """
никами ників никам никах ником ника нику ники ник ницями ницею ниці ницю ниця ниць ками кою ка ки
ку ці ами ями ові еві ого ому ими ах ях ам ям ою ею ів ей ом ем их ій ої їх їй ння нні нню нням
ань ень ати яти ити іти а я у ю і и е є о ь й ї
"""
_UKRAINIAN_ENDINGS: Final = tuple(sorted(_UKRAINIAN.split(), key=len, reverse=True))


def _ukrainian(word: str) -> str:
    return _without(word, (), _UKRAINIAN_ENDINGS, shortest=4)


def _without(
    word: str, beginnings: tuple[str, ...], endings: tuple[str, ...], *, shortest: int = _SHORTEST
) -> str:
    """Cut the first beginning and the first ending that leave enough of the word."""
    for beginning in beginnings:
        if word.startswith(beginning) and len(word) - len(beginning) >= shortest:
            word = word.removeprefix(beginning)
            break
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word.removesuffix(ending)
    return word


@cache
def _stemmer(algorithm: str) -> Stemmer:
    return Stemmer(algorithm)


@cache
def _snowball(language: str) -> Callable[[str], str]:
    names = {"en": "english", "fr": "french", "tr": "turkish", "ru": "russian"}
    if language not in names:
        return str
    stem: Callable[[str], str] = _stemmer(names[language]).stemWord
    return stem


_STEMS: Final[dict[str, Callable[[str], str]]] = {
    "de": _german,
    "ar": _arabic,
    "fa": _persian,
    "uk": _ukrainian,
}
