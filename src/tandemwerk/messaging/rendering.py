"""How a message is put into words: the room's own text, the common layout around it.

A room that sends brings ``templates/messaging/mails/<kind>.txt``. The first line is the subject
and names nobody. The rest is the text: paragraphs with an empty line between them, lists with
``- `` at each line, and every link on a line of its own. A line that ends with a colon right
above a link becomes the link's button in the HTML.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import strip_spaces_between_tags

LAYOUT: Final = "messaging/mails/layout.html"
MAX_SUBJECT: Final = 160


@dataclass(frozen=True, kw_only=True)
class Words:
    """A message in the language of its reader."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """A piece of the text as the layout shows it."""

    kind: Literal["paragraph", "list", "button"]
    lines: tuple[str, ...]
    #: Where a button leads.
    url: str = ""


def render(*, kind: str, context: Mapping[str, Any], language: str) -> Words:
    """Return the words of a message of that kind. Raises TemplateDoesNotExist."""
    with translation.override(language):
        subject, text = _subject_and_text(kind, context)
        html = get_template(LAYOUT).render(
            {
                "subject": subject,
                "blocks": list(blocks(text)),
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
    return "\n".join(kept) + "\n"


def blocks(text: str) -> Iterator[Block]:
    """Cut a text into paragraphs, lists and buttons."""
    for paragraph in text.strip().split("\n\n"):
        waiting: list[str] = []
        for line in paragraph.splitlines():
            if not _is_link(line):
                waiting.append(line)
                continue
            label = waiting.pop()[:-1] if waiting and waiting[-1].endswith(":") else ""
            yield from _plain(waiting)
            waiting = []
            yield Block(kind="button", lines=(label,), url=line)
        yield from _plain(waiting)


def _is_link(line: str) -> bool:
    return line.startswith(("http://", "https://")) and " " not in line


def _plain(lines: list[str]) -> Iterator[Block]:
    run: list[str] = []
    was_item = False
    for line in lines:
        is_item = line.startswith("- ")
        if run and is_item != was_item:
            yield Block(kind="list" if was_item else "paragraph", lines=tuple(run))
            run = []
        run.append(line.removeprefix("- ") if is_item else line)
        was_item = is_item
    if run:
        yield Block(kind="list" if was_item else "paragraph", lines=tuple(run))
