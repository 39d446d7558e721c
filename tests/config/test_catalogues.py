"""Compiled translations: what stands between quotation marks does not turn them round."""

import polib
import pytest

from tandemwerk.config.catalogues import keep_marks_in_place


def catalogue_with(text: str) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="one", msgstr=text))
    catalogue.append(
        polib.POEntry(msgid="many", msgid_plural="many", msgstr_plural={0: text, 1: text})
    )
    return catalogue


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_a_quoted_name_stands_for_itself_where_one_reads_from_right_to_left(language: str):
    catalogue = catalogue_with("في «%(space)s»: %(topic)s")

    keep_marks_in_place(catalogue, language=language)

    isolated = "في «\u2068%(space)s\u2069»: %(topic)s"
    assert catalogue[0].msgstr == isolated
    assert catalogue[1].msgstr_plural == {0: isolated, 1: isolated}


@pytest.mark.parametrize("language", ["de", "uk"])
def test_a_quoted_name_stays_bare_where_one_reads_from_left_to_right(language: str):
    catalogue = catalogue_with("in «%(space)s»: %(topic)s")

    keep_marks_in_place(catalogue, language=language)

    assert catalogue[0].msgstr == "in «%(space)s»: %(topic)s"
    assert catalogue[1].msgstr_plural == {0: catalogue[0].msgstr, 1: catalogue[0].msgstr}


def test_an_address_is_left_as_it_is_because_a_link_would_swallow_the_marks():
    catalogue = catalogue_with("المزيد: %(url)s")

    keep_marks_in_place(catalogue, language="ar")

    assert catalogue[0].msgstr == "المزيد: %(url)s"
