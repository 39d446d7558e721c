"""Notices in words: the line of a list, the mail of its own, the mail that collects many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tandemwerk.messaging.kinds import (
    DigestSection,
    Line,
    NoticeKind,
    UnknownKindError,
    group_named,
    groups,
    kind_named,
)
from tandemwerk.messaging.links import EVERYTHING, absolute, list_headers, stop_link
from tandemwerk.messaging.models import Message, Notice, NoticeCopy
from tandemwerk.messaging.rendering import MAX_SUBJECT, render
from tandemwerk.messaging.replies import reply_address
from tandemwerk.people.models import User

#: A digest shows so many lines of a group and says how many more there are.
LINES_SHOWN: Final = 12
MAX_SENTENCE: Final = 400


def known_kind(notice: Notice) -> NoticeKind | None:
    """Return the notice's kind, or None when its room is gone."""
    try:
        return kind_named(notice.kind)
    except UnknownKindError:
        return None


def sentence_of(notice: Notice) -> str:
    """Return what happened, in the active language, on one line.

    A context that an older version wrote and that lacks a word must not take the page down.
    """
    kind = known_kind(notice)
    if kind is None:
        return _("Something is new.")
    try:
        words = kind.say(notice.context)
    except (KeyError, TypeError, ValueError):
        words = str(kind.label)
    return " ".join(words.split())[:MAX_SENTENCE]


def _body_of(notice: Notice, kind: NoticeKind | None) -> list[str]:
    words = str(notice.context.get(kind.body, "")) if kind else ""
    return [line.strip() for line in words.strip().splitlines()]


def mail_of_its_own(copy: NoticeCopy, *, at: datetime) -> Message:
    """Write the mail that tells one reader of one notice. It is not in the outbox yet."""
    notice, user = copy.notice, copy.user
    kind = known_kind(notice)
    group = group_named(kind.group) if kind else None
    answers = (
        reply_address(notice.reply_purpose, notice.reply_object, user, at=at)
        if notice.reply_object is not None
        else ""
    )
    with translation.override(user.language):
        stop = stop_link(user_id=user.pk, group=group.name if group else EVERYTHING)
        words = render(
            kind="notice",
            language=user.language,
            context={
                "subject": _subject_of(kind),
                "name": user.name,
                "sentence": sentence_of(notice),
                "body": _body_of(notice, kind),
                "action": str(kind.action) if kind and kind.action else _("Look at it"),
                "link": absolute(reverse("messaging:notice", kwargs={"pk": copy.pk})),
                "can_be_answered": bool(answers),
                "group": str(group.label) if group else "",
                "stop": stop,
                "choices": absolute(reverse("messaging:choices")),
            },
        )
    return Message(
        key=f"notice:{notice.pk}:{user.pk}",
        kind=notice.kind,
        user=user,
        reply_to=answers,
        headers=list_headers(stop=stop, group=group),
        language=user.language,
        subject=words.subject,
        text=words.text,
        html=words.html,
        scope=notice.scope,
        created_at=at,
        due_at=at,
    )


def _subject_of(kind: NoticeKind | None) -> str:
    words = str(kind.label) if kind else _("News for you")
    return " ".join(words.split())[:MAX_SUBJECT]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a digest: a heading, the first lines, and how many more there are."""

    label: str
    lines: list[Line]
    more: int


def digest(
    user: User,
    *,
    copies: Sequence[NoticeCopy],
    sections: Sequence[tuple[DigestSection, Sequence[Line]]],
    slot_at: datetime,
    at: datetime,
    sentences: dict[tuple[int, str], str],
) -> Message | None:
    """Write the mail that collects what is new for somebody; None when nothing is.

    ``sentences`` remembers what was said to others in the same language: thousands of readers
    hear of the same few things.
    """
    with translation.override(user.language):
        parts = [
            *_parts_of_notices(copies, language=user.language, sentences=sentences),
            *_parts_of_sections(sections),
        ]
        if not parts:
            return None
        stop = stop_link(user_id=user.pk, group=EVERYTHING)
        words = render(
            kind="digest",
            language=user.language,
            context={
                "name": user.name,
                "parts": parts,
                "link": absolute(reverse("messaging:notices")),
                "stop": stop,
                "choices": absolute(reverse("messaging:choices")),
            },
        )
    return Message(
        key=f"digest:{user.pk}:{slot_at:%Y-%m-%d}",
        kind="digest",
        user=user,
        headers=list_headers(stop=stop, group=None),
        language=user.language,
        subject=words.subject,
        text=words.text,
        html=words.html,
        created_at=at,
        due_at=at,
    )


def _parts_of_notices(
    copies: Sequence[NoticeCopy], *, language: str, sentences: dict[tuple[int, str], str]
) -> Iterator[Part]:
    order: Mapping[str, int] = {group.name: place for place, group in enumerate(groups())}

    def place_of(copy: NoticeCopy) -> int:
        kind = known_kind(copy.notice)
        return order.get(kind.group, len(order)) if kind else len(order)

    in_order = sorted(copies, key=lambda copy: (place_of(copy), copy.pk))
    for place, of_group in groupby(in_order, key=place_of):
        rows = list(of_group)
        label = str(groups()[place].label) if place < len(order) else _("And also")
        lines = [
            Line(
                text=_remembered(copy.notice, language, sentences),
                url=absolute(reverse("messaging:notice", kwargs={"pk": copy.pk})),
            )
            for copy in rows[:LINES_SHOWN]
        ]
        yield Part(label=label, lines=lines, more=len(rows) - len(lines))


def _remembered(notice: Notice, language: str, sentences: dict[tuple[int, str], str]) -> str:
    known = sentences.get((notice.pk, language))
    if known is None:
        known = sentences[notice.pk, language] = sentence_of(notice)
    return known


def _parts_of_sections(
    sections: Sequence[tuple[DigestSection, Sequence[Line]]],
) -> Iterator[Part]:
    for section, lines in sections:
        shown = [
            Line(
                text=" ".join(line.text.split())[:MAX_SENTENCE],
                url=absolute(line.url) if line.url.startswith("/") else line.url,
            )
            for line in lines[:LINES_SHOWN]
        ]
        if shown:
            yield Part(label=str(section.label), lines=shown, more=len(lines) - len(shown))
