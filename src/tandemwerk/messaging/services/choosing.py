"""How often somebody wants to hear of what."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.messaging.enums import COLLECTED, MAILED, Rhythm
from tandemwerk.messaging.kinds import groups, kinds_of
from tandemwerk.messaging.links import EVERYTHING
from tandemwerk.messaging.models import MailPause, NoticeChoice, NoticeCopy
from tandemwerk.people.models import User

#: Where what waits for a mail goes when somebody chooses another rhythm: with a mail at once it
#: comes in the next digest, so that no flood of old news goes out.
_WAITING: Final[dict[Rhythm, str]] = {
    Rhythm.AT_ONCE: Rhythm.DAILY,
    Rhythm.DAILY: Rhythm.DAILY,
    Rhythm.WEEKLY: Rhythm.WEEKLY,
    Rhythm.IN_APP: "",
    Rhythm.OFF: "",
}


@transaction.atomic
def choose(
    *,
    user_id: int,
    rhythms: Mapping[str, Rhythm],
    pause_until: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """Note how often somebody wants to hear of each group, and until when they want no mail."""
    user = User.objects.select_for_update().get(pk=user_id)
    changed = _set(user, rhythms)
    known = MailPause.objects.filter(user=user).values_list("until", flat=True).first()
    if pause_until != known:
        changed["pause"] = pause_until.isoformat() if pause_until else ""
        if pause_until is None:
            MailPause.objects.filter(user=user).delete()
        else:
            MailPause.objects.update_or_create(user=user, defaults={"until": pause_until})
    if changed:
        audit.record(action="messaging.choose_notices", by=by, at=at, target=user, changes=changed)


@transaction.atomic
def stop_mails(*, user_id: int, group: str, by: Actor, at: datetime) -> None:
    """End the mails of a group, or of all of them (``EVERYTHING``). The notices stay in the app."""
    user = User.objects.select_for_update().get(pk=user_id)
    now = rhythms_of(user)
    wanted = now if group == EVERYTHING else {group: now.get(group, Rhythm.AT_ONCE)}
    changed = _set(
        user, {name: Rhythm.IN_APP for name, rhythm in wanted.items() if rhythm in MAILED}
    )
    if changed:
        audit.record(action="messaging.stop_mails", by=by, at=at, target=user, changes=changed)


@transaction.atomic
def start_mails(*, user_id: int, group: str, by: Actor, at: datetime) -> None:
    """Let the mails come again as they come to those who chose nothing: stopping was a mistake."""
    user = User.objects.select_for_update().get(pk=user_id)
    chosen = NoticeChoice.objects.filter(user=user, rhythm=Rhythm.IN_APP)
    if group != EVERYTHING:
        chosen = chosen.filter(group=group)
    names = sorted(chosen.values_list("group", flat=True))
    if names:
        chosen.delete()
        audit.record(
            action="messaging.start_mails", by=by, at=at, target=user, changes={"groups": names}
        )


def rhythms_of(user: User) -> dict[str, Rhythm]:
    """Return group -> rhythm of all groups, chosen or not."""
    chosen = dict(NoticeChoice.objects.filter(user=user).values_list("group", "rhythm"))
    return {group.name: Rhythm(chosen.get(group.name, group.default)) for group in groups()}


def _set(user: User, rhythms: Mapping[str, Rhythm]) -> dict[str, str]:
    """Write down what differs, and move what waits for a mail. Return what changed."""
    now = rhythms_of(user)
    changed = {}
    for name, rhythm in rhythms.items():
        if now.get(name) == rhythm:
            continue
        NoticeChoice.objects.update_or_create(user=user, group=name, defaults={"rhythm": rhythm})
        waits = [*COLLECTED, *([Rhythm.AT_ONCE] if rhythm not in MAILED else [])]
        NoticeCopy.objects.filter(
            user=user, waits_for__in=waits, notice__kind__in=kinds_of([name])
        ).update(waits_for=_WAITING[rhythm])
        changed[name] = rhythm.value
    return changed
