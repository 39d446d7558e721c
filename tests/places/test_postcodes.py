import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.places import (
    LAENDER,
    Place,
    find_place,
    locate_many,
    normalise_postcode,
    search_places,
)
from tandemwerk.places.postcodes import _places

#: Germany from List on Sylt to the Haldenwanger Eck, from Isenbruch to Deschka.
LATITUDES = (47.27, 55.06)
LONGITUDES = (5.86, 15.05)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("86150", "86150"),
        (" 86150 ", "86150"),
        ("D-86150", "86150"),
        ("d 86150", "86150"),
        ("DE-86150", "86150"),
        ("D – 86150", "86150"),
        ("86150 Augsburg", "86150"),
        ("86150, Augsburg", "86150"),
        ("86 150", "86150"),
        ("86150.0", "86150"),
        ("1239", "01239"),
        ("1239.0", "01239"),
        ("01239", "01239"),
        ("٨٦١٥٠", "86150"),
        ("\u200f۸۶۱۵۰", "86150"),
        ("86150\u00a0", "86150"),
    ],
)
def test_what_people_type_for_a_postcode_is_understood(typed: str, meant: str) -> None:
    assert normalise_postcode(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", " ", "123", "861500", "00123", "A-1010", "CH-8001", "1010 Wien", "Augsburg", "8615O",
     "-86150", "86150-", "86150.5", "86.150", "D-", "½8615", "²2345"],
)  # fmt: skip
def test_what_is_no_german_postcode_is_not_guessed(typed: str) -> None:
    assert normalise_postcode(typed) is None


@settings(deadline=None)
@given(st.text())
def test_any_text_normalises_to_five_digits_or_nothing(text: str) -> None:
    postcode = normalise_postcode(text)

    assert postcode is None or (len(postcode) == 5 and postcode.isascii() and postcode.isdigit())


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{5}", fullmatch=True))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_postcode(text)

    assert once is None or normalise_postcode(once) == once


@pytest.mark.parametrize(
    ("postcode", "name", "district", "land"),
    [
        ("86150", "Augsburg", "Augsburg", "DE-BY"),
        ("10115", "Berlin", "Berlin", "DE-BE"),
        ("20095", "Hamburg", "Hamburg", "DE-HH"),
        ("28195", "Bremen", "Bremen", "DE-HB"),
        ("27568", "Bremerhaven", "Bremerhaven", "DE-HB"),
        ("01239", "Dresden", "Dresden", "DE-SN"),
        ("37073", "Göttingen", "Landkreis Göttingen", "DE-NI"),
        ("99817", "Eisenach", "Wartburgkreis", "DE-TH"),
        ("22145", "Hamburg", "Hamburg", "DE-HH"),
        ("07907", "Schleiz", "Saale-Orla-Kreis", "DE-TH"),
        ("03046", "Cottbus/Chóśebuz", "Cottbus", "DE-BB"),
    ],
)
def test_a_postcode_is_known_by_its_best_known_place(
    postcode: str, name: str, district: str, land: str
) -> None:
    place = find_place(postcode)

    assert place is not None
    assert (place.name, place.district, place.land) == (name, district, land)


def test_augsburg_lies_where_it_lies() -> None:
    assert find_place("86150") == Place(
        postcode="86150",
        name="Augsburg",
        district="Augsburg",
        district_key="09761",
        land="DE-BY",
        lat=48.3645,
        lon=10.89279,
    )


def test_a_place_is_found_by_what_people_type() -> None:
    assert find_place("D-86150") == find_place("86150")
    assert find_place("1239") == find_place("01239")


@pytest.mark.parametrize("postcode", ["", "00000", "99999", "11011", "no postcode"])
def test_an_unknown_postcode_has_no_place(postcode: str) -> None:
    assert find_place(postcode) is None


def test_a_place_reads_as_on_an_envelope() -> None:
    assert str(find_place("86150")) == "86150 Augsburg"


def test_every_postcode_lies_in_germany_and_in_its_land() -> None:
    places = _places()

    assert len(places) == 8168
    for postcode, place in places.items():
        assert postcode == place.postcode == normalise_postcode(postcode)
        assert LATITUDES[0] <= place.lat <= LATITUDES[1], place
        assert LONGITUDES[0] <= place.lon <= LONGITUDES[1], place
        assert place.name
        assert place.district
        assert place.land in LAENDER


def test_every_land_has_postcodes() -> None:
    assert {place.land for place in _places().values()} == set(LAENDER)


def test_many_postcodes_are_located_in_their_order() -> None:
    lat, lon = locate_many(["86150", "99999", "10115"])

    assert lat.tolist() == pytest.approx([48.3645, math.nan, 52.53214], nan_ok=True)
    assert lon.tolist() == pytest.approx([10.89279, math.nan, 13.38468], nan_ok=True)


def test_locating_nothing_gives_empty_arrays() -> None:
    lat, lon = locate_many([])

    assert (lat.shape, lon.shape) == ((0,), (0,))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Augs", "86150 Augsburg"),
        ("augsburg", "86150 Augsburg"),
        ("München", "80331 München"),
        ("Munchen", "80331 München"),
        ("muenchen", "80331 München"),
        ("Frankfurt/M", "60306 Frankfurt am Main"),
        ("frankfurt a.m.", "60306 Frankfurt am Main"),
        ("Frankfurt", "60306 Frankfurt am Main"),
        ("Halle", "06108 Halle (Saale)"),
        ("Berg", "53505 Berg"),
        ("frankfurt (o", "15230 Frankfurt (Oder)"),
        ("Bad Hom", "61348 Bad Homburg vor der Höhe"),
        ("Chóśebuz", "03042 Cottbus/Chóśebuz"),
        ("861", "86150 Augsburg"),
        ("D-8615", "86150 Augsburg"),
        ("86150 Augsburg", "86150 Augsburg"),
        ("Balesfeld", "54597 Balesfeld"),
    ],
)
def test_a_place_is_found_by_how_it_begins(typed: str, first: str) -> None:
    assert str(search_places(typed)[0]) == first


def test_a_later_word_is_found_after_the_names_that_begin_so() -> None:
    found = [place.name for place in search_places("Homburg", limit=2)]

    assert found == ["Homburg", "Bad Homburg vor der Höhe"]


def test_a_large_city_does_not_crowd_out_other_places() -> None:
    found = {place.name for place in search_places("Berl", limit=5)}

    assert {"Berlin", "Berlingen", "Berlingerode"} <= found


def test_room_that_is_left_goes_to_further_postcodes() -> None:
    found = [str(place) for place in search_places("Augsburg", limit=3)]

    assert found == ["86150 Augsburg", "86152 Augsburg", "86153 Augsburg"]


@pytest.mark.parametrize("typed", ["", "  ", "-", "Xyzabc", "00", "📮"])
def test_a_search_for_nothing_known_finds_nothing(typed: str) -> None:
    assert search_places(typed) == []


@settings(deadline=None)
@given(st.text(max_size=40), st.integers(min_value=-1, max_value=30))
def test_any_search_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(search_places(text, limit)) <= max(limit, 0)


@settings(deadline=None)
@given(st.sampled_from(sorted(_places())))
def test_every_place_is_found_by_its_own_postcode_and_name(postcode: str) -> None:
    place = _places()[postcode]

    assert search_places(postcode) == [place]
    assert place.name in {found.name for found in search_places(place.name, limit=50)}
