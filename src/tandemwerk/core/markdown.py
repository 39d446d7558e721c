"""What members write: Markdown in, clean HTML out.

Headings begin at the third level, since a page has its own first and second. Links to other places
open there and take no address of ours along. Anything that Markdown does not know, scripts first of
all, is shown as the letters it consists of.
"""

from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

TAGS: Final = {
    *("p", "br", "hr", "h3", "h4", "h5", "strong", "em", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {"a": {"href", "class", "title"}, "ol": {"start"}}
SCHEMES: Final = {"http", "https", "mailto", "tel"}
FIRST_HEADING: Final = 3
LAST_HEADING: Final = 5


def to_html(text: str) -> SafeString:
    r"""Return ``text`` as HTML that is safe to show.

    >>> to_html("Wir *danken* <b>sehr</b>.")
    '<p>Wir <em>danken</em> &lt;b&gt;sehr&lt;/b&gt;.</p>\n'
    """
    raw = _parser().render(text.replace("\x00", ""))
    return mark_safe(  # noqa: S308 - cleaned by nh3 in the same breath
        nh3.clean(
            raw,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="noopener noreferrer nofollow",
        )
    )


def to_text(text: str) -> str:
    """Return ``text`` without its marks: for excerpts, the search and plain mails."""
    collector = Words()
    collector.feed(_parser().render(text))
    return " ".join("".join(collector.words).split())


def text_of_html(html: str) -> str:
    r"""Return the text of what ``to_html`` has made: much quicker than reading its Markdown again.

    >>> text_of_html("<p>Wir <em>danken</em> &lt;b&gt;.</p>\n")
    'Wir danken <b>.'
    """
    return " ".join(unescape(nh3.clean(html, tags=set())).split())


class Words(HTMLParser):
    """Collects what stands between the tags of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"em", "strong", "a", "code", "s"}:
            self.words.append(" ")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True})
    parser.enable(["table", "strikethrough"]).disable(["image"])
    parser.core.ruler.push("lower_headings", _lower_headings)
    return parser


def _lower_headings(state: StateCore) -> None:
    """Move headings below those of the page: the highest becomes the third level."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(LAST_HEADING, int(token.tag[1]) + FIRST_HEADING - 1)
            token.tag = f"h{level}"
