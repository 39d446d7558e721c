"""The outbox, notices, and the state of the installation, ready to show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.models import Heartbeat
from tandemwerk.core.prepared import Prepared
from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.kinds import group_named
from tandemwerk.messaging.models import Message, NoticeCopy
from tandemwerk.messaging.writing import known_kind, sentence_of
from tandemwerk.people.models import User
from tandemwerk.ui.parts import Tone

STATE_TONES: Final[dict[str, Tone]] = {
    MessageState.QUEUED: "note",
    MessageState.SENDING: "note",
    MessageState.SENT: "good",
    MessageState.FAILED: "bad",
    MessageState.UNCERTAIN: "careful",
    MessageState.CANCELLED: "neutral",
}
#: What in an address lets its bearer in.
_TOKEN: Final = re.compile(r"(?<=/)[\w.:~=-]{24,}(?=/|\b)")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message of a list."""

    message: Message
    reader: str
    tone: Tone


def lines(messages: Iterable[Message], *, with_names: bool) -> list[Line]:
    """Return messages as a list shows them; without names for those who run the machine only."""
    return [
        Line(
            message=message,
            reader=reader_of(message, with_name=with_names),
            tone=STATE_TONES[message.state],
        )
        for message in messages
    ]


def reader_of(message: Message, *, with_name: bool) -> str:
    """Return to whom a message goes."""
    if message.person is not None:
        return message.person.full_name if with_name else _("somebody who takes part")
    if message.user is not None:
        return str(message.user) if with_name else _("somebody of a team")
    return message.address if with_name else _("somebody who is invited")


def without_tokens(text: str) -> str:
    """Return a text whose links lead nowhere: they belong to the reader alone."""
    return _TOKEN.sub("…", text)


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """One notice of somebody's list."""

    pk: int
    sentence: str
    about: Any
    icon: str
    at: datetime
    is_unread: bool


def notice_lines(copies: Iterable[NoticeCopy]) -> list[NoticeLine]:
    """Return notices as their reader sees them, in the active language."""
    return [_notice_line(copy) for copy in copies]


def _notice_line(copy: NoticeCopy) -> NoticeLine:
    kind = known_kind(copy.notice)
    group = group_named(kind.group) if kind else None
    return NoticeLine(
        pk=copy.pk,
        sentence=sentence_of(copy.notice),
        about=group.label if group else "",
        icon=kind.icon if kind else "bell",
        at=copy.notice.created_at,
        is_unread=copy.read_at is None,
    )


#: The bell says «99+» from here on, and does not count further.
COUNTED: Final = 100


_unread: Final = Prepared(
    lambda key: NoticeCopy.objects.filter(user=key).unread().order_by().values_list("pk")[:COUNTED]
)


def unread_count(user: User) -> int:
    """Return how many notices somebody has not read, at most ``COUNTED``."""
    return len(_unread(user.pk))


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task that failed, or that waits for another attempt."""

    id: str
    name: str
    has_failed: bool
    attempts: int
    reason: str
    next_at: datetime | None
    enqueued_at: datetime


def troubled_tasks(limit: int) -> list[TaskLine]:
    """Return failed tasks and those that wait after a failure, newest first."""
    results = DBTaskResult.objects.filter(
        status__in=(TaskResultStatus.FAILED, TaskResultStatus.READY)
    ).exclude(exception_class_path="")
    return [_task_line(result) for result in results.order_by("-enqueued_at", "pk")[:limit]]


def _task_line(result: Any) -> TaskLine:
    has_failed = result.status == TaskResultStatus.FAILED
    return TaskLine(
        id=str(result.pk),
        name=result.task_path,
        has_failed=has_failed,
        attempts=len(result.worker_ids),
        reason=reason_of(result.exception_class_path, result.traceback),
        next_at=None if has_failed else result.run_after,
        enqueued_at=result.enqueued_at,
    )


_FRAME: Final = re.compile(
    r'File "[^"]*?(?P<file>(?:tandemwerk|site-packages)/[^"]+)", line (?P<line>\d+)'
)


def reason_of(class_path: str, traceback: str) -> str:
    """Return which error it was and where, without its words: they may hold personal data.

    The errors of our own rooms say nothing personal, so their last line is shown.
    """
    name = class_path.rsplit(".", 1)[-1]
    if class_path.startswith("tandemwerk."):
        words = traceback.strip().rsplit("\n", 1)[-1].partition(": ")[2]
        return f"{name}: {words}" if words else name
    frames = [frame for frame in _FRAME.finditer(traceback) if "site-packages" not in frame["file"]]
    return f"{name} ({frames[-1]['file']}, {frames[-1]['line']})" if frames else name


def task_counts() -> dict[str, int]:
    """Return how many tasks there are in each state."""
    counted = DBTaskResult.objects.order_by().values_list("status").annotate(count=Count("pk"))
    return dict(counted)


def message_counts() -> dict[str, int]:
    """Return how many messages there are in each state."""
    return dict(Message.objects.order_by().values_list("state").annotate(count=Count("pk")))


def beating_workers(since: datetime) -> list[tuple[str, datetime]]:
    """Return the workers heard of since, shortened to what one can tell apart."""
    beats = Heartbeat.objects.filter(at__gte=since).order_by("-at", "pk")
    return [(beat.worker[:8], beat.at) for beat in beats]


def database_words() -> str:
    """Return which database it is, its version and size."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0].split()[0]
            cursor.execute("SELECT pg_database_size(current_database())")
            return _("PostgreSQL %(version)s, %(size)d MB") % {
                "version": version,
                "size": cursor.fetchone()[0] / 1024 / 1024,
            }
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return _("SQLite %(version)s, %(size)d MB") % {
            "version": version,
            "size": cursor.fetchone()[0] / 1024 / 1024,
        }
