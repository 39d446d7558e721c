"""Words of five languages become terms, and what was typed is understood."""

import pytest

from tandemwerk.core.search import words
from tandemwerk.core.search.highlights import highlight, snippet
from tandemwerk.core.search.languages import fold, term_of


@pytest.mark.parametrize(
    ("language", "same"),
    [
        (
            "de",
            "Mentor Mentorin Mentorinnen Mentoren Mentor:innen Mentor*in Mentor/-innen MentorInnen",
        ),
        ("de", "Pate Patin Patinnen Paten"),
        ("de", "Arzt Ärzte Ärztin Ärztinnen"),
        ("de", "Zeugnis Zeugnisse Zeugnissen"),
        ("de", "qualifizieren Qualifizierung qualifiziert"),
        ("de", "Straße Strasse STRASSE"),
        ("de", "Führung Fuehrung"),
        ("en", "volunteer volunteers volunteering"),
        ("ar", "متطوع المتطوعون المتطوعين متطوعة"),
        ("ar", "شهادة الشَّهادات شهاده"),
        ("fa", "داوطلب داوطلبان"),
        ("fa", "کتاب کتابها كتاب‌ها"),
        ("uk", "волонтер волонтери волонтерів волонтерка"),
        ("uk", "наставник наставниця наставників"),
    ],
)
def test_forms_of_one_word_are_one_term(language, same):
    found = {words.analyse(words.clean(each), language).terms[0] for each in same.split()}

    assert len(found) == 1, found


@pytest.mark.parametrize("word", ["Berlin", "Termin", "Verein", "beginnen", "gewinnen", "Medizin"])
def test_words_that_only_look_female_stay_whole(word):
    term = term_of(fold(word), "de")

    assert word.casefold().startswith(term)
    assert len(term) >= len(word) - 2


def test_small_words_are_left_out():
    found = words.analyse("Wie bekomme ich ein Zeugnis für die Schule?", "de")

    assert found.terms == ["bekomm", "zeugnis", "schul"]


def test_highlights_mark_words_of_the_term_and_escape_the_rest():
    marked = highlight("<b>Zeugnisse</b> & Fahrplan", {"zeugnis"}, "de")

    assert marked == "&lt;b&gt;<mark>Zeugnisse</mark>&lt;/b&gt; &amp; Fahrplan"


def test_a_snippet_shows_the_piece_where_the_words_stand():
    text = "Vieles steht davor. " * 60 + "Das Zeugnis liegt bei der Schule. " + "Danach. " * 60

    shown = snippet(text, {"zeugnis", "schul"}, "de")

    assert "<mark>Zeugnis</mark> liegt bei der <mark>Schule</mark>" in shown
    assert len(shown) < 300
