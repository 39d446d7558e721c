from pathlib import Path

import polib
import pytest
from django.utils.translation import override

import tandemwerk.places
from tandemwerk.places import LAENDER, land_choices, land_name
from tandemwerk.places.laender import _NAMES

LOCALE = Path(tandemwerk.places.__file__).parent / "locale"


def test_there_are_sixteen_laender() -> None:
    assert len(LAENDER) == 16
    assert set(_NAMES) == set(LAENDER)


def test_a_land_has_its_english_name() -> None:
    with override("en"):
        assert land_name("DE-BY") == "Bavaria"


def test_an_unknown_land_is_called_by_its_code() -> None:
    assert land_name("AT-8") == "AT-8"


def test_choices_are_in_the_order_of_their_names() -> None:
    with override("en"):
        choices = land_choices()

    assert choices[:3] == [
        ("DE-BW", "Baden-Württemberg"),
        ("DE-BY", "Bavaria"),
        ("DE-BE", "Berlin"),
    ]


@pytest.mark.parametrize("language", ["de", "ar", "fa", "uk"])
def test_every_name_is_translated(language: str) -> None:
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    translated = {entry.msgid: entry.msgstr for entry in catalogue if entry.translated()}

    with override("en"):
        names = {code: land_name(code) for code in LAENDER}

    assert set(names.values()) <= set(translated)
    if language == "de":
        assert {code: translated[name] for code, name in names.items()} == LAENDER
