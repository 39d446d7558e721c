import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.core.markdown import text_of_html, to_html, to_text


def test_what_members_write_becomes_paragraphs_and_emphasis() -> None:
    assert to_html("Wir *danken*.\n\n- a\n- b") == (
        "<p>Wir <em>danken</em>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    )


def test_headings_begin_below_those_of_the_page() -> None:
    assert to_html("# Eins\n\n###### Sechs") == "<h3>Eins</h3>\n<h5>Sechs</h5>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://elsewhere.example/a.png)",
        '<https://ok.example/"onmouseover="alert(1)>',
    ],
)
def test_nothing_that_runs_or_calls_elsewhere_comes_through(text: str) -> None:
    html = to_html(text)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert re.search(r"<[^>]*\son\w+=", html) is None


def test_links_to_elsewhere_take_nothing_along() -> None:
    assert to_html("[Amt](https://amt.example/)") == (
        '<p><a href="https://amt.example/" rel="noopener noreferrer nofollow">Amt</a></p>\n'
    )


def test_the_words_alone_are_left_for_excerpts() -> None:
    assert to_text("# Titel\n\nWir **danken** [allen](https://a.example).") == (
        "Titel Wir danken allen."
    )


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_becomes_something(text: str) -> None:
    to_html(text)
    to_text(text)


@given(st.text(alphabet="ab *_`#-+>|[]()<&;\n1.:/\"'", max_size=80))
@settings(max_examples=200, deadline=None)
def test_the_text_of_what_is_kept_is_the_text_of_what_was_written(text: str) -> None:
    assert text_of_html(to_html(text)) == to_text(text)
