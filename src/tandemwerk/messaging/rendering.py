"""How a message is put into words: the room's own text, the common layout around it.

A room that sends brings ``templates/messaging/mails/<kind>.txt``. The first line is the subject
and names nobody. The rest is the text: paragraphs with an empty line between them, lists with
``- `` at each line, and every link on a line of its own. A line that ends with a colon right
above a link becomes the link's button in the HTML; a link right below an item of a list becomes
the item's own. Lines that begin with ``> `` are somebody's own words. What stands below a line
``--`` is small print.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import strip_spaces_between_tags

LAYOUT: Final = "messaging/mails/layout.html"
MAX_SUBJECT: Final = 160
#: What mail programs know as the beginning of a signature.
SMALL_PRINT: Final = "\n-- \n"


@dataclass(frozen=True, kw_only=True)
class Words:
    """A message in the language of its reader."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """A piece of the text as the layout shows it."""

    kind: Literal["paragraph", "list", "button", "quote"]
    lines: tuple[str, ...]
    #: Where a button leads.
    url: str = ""
    #: Where the items of a list lead, as many as lines; nothing where none leads anywhere.
    urls: tuple[str, ...] = ()

    @property
    def items(self) -> Iterator[tuple[str, str]]:
        """Yield each line with where it leads."""
        yield from zip(self.lines, self.urls or ("",) * len(self.lines), strict=True)


def render(*, kind: str, context: Mapping[str, Any], language: str) -> Words:
    """Return the words of a message of that kind. Raises TemplateDoesNotExist."""
    with translation.override(language):
        subject, text = _subject_and_text(kind, context)
        main, _, small = text.partition(SMALL_PRINT)
        html = get_template(LAYOUT).render(
            {
                "subject": subject,
                "blocks": list(blocks(main)),
                "small_print": list(blocks(small)),
                "language": language,
                "is_rtl": translation.get_language_bidi(),
                "home": settings.BASE_URL,
            }
        )
    return Words(subject=subject, text=text, html=strip_spaces_between_tags(html.strip()))


def _subject_and_text(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    template: Any = get_template(f"messaging/mails/{kind}.txt")
    # Plain text: nothing is escaped in it, the layout escapes when it takes the pieces.
    whole = template.template.render(Context({**context}, autoescape=False)).strip()
    subject, _, text = whole.partition("\n")
    return " ".join(subject.split())[:MAX_SUBJECT], _tidy(text)


def _tidy(text: str) -> str:
    """Drop spaces at the ends of lines and all but one of several empty lines."""
    lines = [line.strip() for line in text.strip().splitlines()]
    kept = [line for before, line in zip(["", *lines], lines, strict=False) if line or before]
    return ("\n".join(kept) + "\n").replace("\n--\n", SMALL_PRINT, 1)


def blocks(text: str) -> Iterator[Block]:
    """Cut a text into paragraphs, lists, somebody's words and buttons."""
    for paragraph in filter(None, text.strip().split("\n\n")):
        waiting: list[tuple[str, str]] = []
        for line in paragraph.splitlines():
            if not _is_link(line):
                waiting.append((line, ""))
                continue
            before = waiting[-1][0] if waiting else ""
            if before.startswith("- "):
                waiting[-1] = (before, line)
                continue
            label = waiting.pop()[0][:-1] if before.endswith(":") else ""
            yield from _plain(waiting)
            waiting = []
            yield Block(kind="button", lines=(label,), url=line)
        yield from _plain(waiting)


def _is_link(line: str) -> bool:
    return line.startswith(("http://", "https://")) and " " not in line


_PLAIN: Final[dict[str, Literal["list", "quote"]]] = {"- ": "list", "> ": "quote"}


def _plain(lines: list[tuple[str, str]]) -> Iterator[Block]:
    for mark, group in groupby(lines, key=lambda pair: _mark_of(pair[0])):
        run = [(line[len(mark) :], url) for line, url in group]
        urls = tuple(url for _, url in run)
        yield Block(
            kind=_PLAIN.get(mark, "paragraph"),
            lines=tuple(line for line, _ in run),
            urls=urls if any(urls) else (),
        )


def _mark_of(line: str) -> str:
    if line == ">":  # an empty line of somebody's words
        return "> "
    return line[:2] if line[:2] in _PLAIN else ""
