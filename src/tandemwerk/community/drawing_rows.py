"""Lists of topics, written at once instead of tag by tag in a template."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tandemwerk.community.enums import TopicKind, TopicState
from tandemwerk.community.models import Topic
from tandemwerk.community.queries.topics import TopicRow
from tandemwerk.core.addresses import address_of
from tandemwerk.ui.figures import grouped
from tandemwerk.ui.signs import badge, icon, joined

_NOTHING: Final = SafeString()
_UNMARKED: Final = 1_000
_ICONS: Final = {
    TopicKind.QUESTION: "question-circle",
    TopicKind.DISCUSSION: "chat-dots",
    TopicKind.ANNOUNCEMENT: "megaphone",
    TopicKind.CASE: "journal-text",
}


def drawn_rows(rows: Iterable[TopicRow], *, with_space: bool) -> SafeString:
    """Return the list; ``with_space`` says of each topic where it stands."""
    return format_html('<ul class="talks">{}</ul>', joined(_row(row, with_space) for row in rows))


def sign_of(topic: Topic) -> SafeString:
    """Draw what kind of topic it is, with its word."""
    is_answered = topic.kind == TopicKind.QUESTION and topic.accepted_post_id is not None
    return _sign(TopicKind(topic.kind), is_answered, get_language())


@cache
def _sign(kind: TopicKind, is_answered: bool, _language: str | None) -> SafeString:
    if is_answered:
        return icon("check-circle", label=_("answered question"))
    return icon(_ICONS[kind], label=kind.label)


def _row(row: TopicRow, with_space: bool) -> SafeString:
    topic, speaker = row.topic, row.speaker
    moment = timezone.localtime(topic.last_post_at)
    place = format_html(" · <bdi>{}</bdi>", speaker.place) if speaker.place else _NOTHING
    return format_html(
        '<li class="talk{}"><span class="talk__icon">{}</span><div class="talk__body">'
        '<p class="talk__title"><a href="{}" dir="auto">{}</a></p>\n'
        '<p class="talk__meta"><span class="talk__who"><bdi>{}</bdi>{}</span> {}'
        ' <time datetime="{}">{}</time></p>\n<p class="talk__signs">{}</p></div>'
        '<p class="talk__count">{}</p></li>\n',
        *(" talk--new" if row.is_new else "", sign_of(topic)),
        address_of("community:unread" if row.is_new else "community:topic", topic.pk),
        *(topic.title, speaker.name, place, _space(topic) if with_space else _NOTHING),
        *(moment.isoformat(timespec="seconds"), date_format(moment, "DATE_FORMAT")),
        *(joined(_signs(row)), joined(_counts(row))),
    )


def _space(topic: Topic) -> SafeString:
    address = address_of("community:space", topic.space.slug)
    name = topic.space.name
    return format_html('<a class="talk__space" href="{}"><bdi>{}</bdi></a>', address, name)


def _signs(row: TopicRow) -> Iterable[SafeString]:
    topic = row.topic
    if row.is_new:
        yield badge(_("new"), tone="accent")
    if topic.accepted_post_id:
        yield badge(_("answered"), tone="good")
    if topic.official_post_id:
        yield badge(_("official answer"), tone="primary")
    if topic.state == TopicState.LOCKED:
        yield badge(_("closed"))
    for term in row.terms:
        address = address_of("community:tag", term.slug)
        yield format_html('<a class="talk__tag" href="{}">{}</a>', address, term)


def _counts(row: TopicRow) -> Iterable[SafeString]:
    yield _count("chat", row.answers, ngettext("answer", "answers", row.answers))
    if row.me_toos:
        words = ngettext("has the same question", "have the same question", row.me_toos)
        yield _count("hand-thumbs-up", row.me_toos, words)
    if row.is_kept:
        yield icon("bookmark", label=_("bookmarked"))


def _count(name: str, number: int, words: str) -> SafeString:
    return format_html(
        '<span>{}<span class="tabular">{}</span><span class="visually-hidden">{}</span></span>\n',
        *(icon(name), number if number < _UNMARKED else grouped(number), words),
    )
