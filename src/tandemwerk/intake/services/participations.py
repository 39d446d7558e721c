"""Somebody takes part, changes what they wish, takes a break, leaves."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.core.moves import check_move
from tandemwerk.intake.enums import PARTICIPATION_MOVES, ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.people import services as people
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.people.models import Person, User
from tandemwerk.people.services.persons import PERSON_FIELDS
from tandemwerk.programme.models import Site

#: What ``add_participation`` and ``change_participation`` take beside the person's own fields.
PARTICIPATION_FIELDS: Final = frozenset(
    {
        "waiting_since",
        "kinds",
        "topics",
        "wishes_gender",
        "max_km",
        "group_size",
        "volunteers_wanted",
        "capacity",
        "max_group",
        "minors_ok",
        "is_minor",
        "priority",
        "questions",
    }
)


def _split(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the person's fields and those of taking part. Raises TypeError for any other."""
    unknown = fields.keys() - PARTICIPATION_FIELDS - PERSON_FIELDS
    if unknown:
        raise TypeError(f"nobody who takes part has {', '.join(sorted(unknown))}")
    person = {name: value for name, value in fields.items() if name in PERSON_FIELDS}
    return person, {name: value for name, value in fields.items() if name not in person}


@transaction.atomic
def add_participation(
    *,
    site: Site,
    side: Side,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    languages: Mapping[str, int] | None = None,
    consents: Iterable[ConsentPurpose] = (),
    way: ConsentWay = ConsentWay.PAPER,
    waiting_since: date | None = None,
    **fields: Any,
) -> Participation:
    """Take somebody in at ``site``, as a new person unless ``person`` is given.

    ``fields`` are those of ``people.services.create_person`` and PARTICIPATION_FIELDS. Waiting
    counts from the day of ``at`` unless said otherwise. ``consents`` are written down as given in
    the way ``way``. Raises IntegrityError when the person takes part there on that side already.
    """
    of_person, of_participation = _split(fields)
    scope = site.audit_scope
    if person is None:
        person = people.create_person(by=by, at=at, scope=scope, languages=languages, **of_person)
    elif of_person or languages is not None:
        person = people.update_person(
            person_id=person.pk, by=by, at=at, scope=scope, languages=languages, **of_person
        )
    participation = Participation.objects.create(
        person=person,
        site=site,
        side=side,
        waiting_since=waiting_since or timezone.localtime(at).date(),
        created_by=by if isinstance(by, User) else None,
        **of_participation,
    )
    for purpose in consents:
        people.give_consent(
            person_id=person.pk, purpose=purpose, way=way, by=by, at=at, scope=scope
        )
    audit.record(action="intake.add_participation", by=by, at=at, target=participation)
    return participation


@transaction.atomic
def change_participation(
    *,
    participation_id: int,
    by: Actor,
    at: datetime,
    languages: Mapping[str, int] | None = None,
    **fields: Any,
) -> Participation:
    """Change the person and what they wish; ``languages`` replaces all of them, None keeps them.

    The audit trail names the fields that changed, never what stands in them.
    """
    of_person, of_participation = _split(fields)
    participation = _locked(participation_id)
    people.update_person(
        person_id=participation.person_id,
        by=by,
        at=at,
        scope=participation.audit_scope,
        languages=languages,
        **of_person,
    )
    changed = [
        name for name, value in of_participation.items() if getattr(participation, name) != value
    ]
    for name in changed:
        setattr(participation, name, of_participation[name])
    if changed:
        participation.save(update_fields=changed)
        audit.record(
            action="intake.change_participation",
            by=by,
            at=at,
            target=participation,
            changes={"fields": sorted(changed)},
        )
    participation.person.refresh_from_db()
    return participation


@transaction.atomic
def move_participation(
    *, participation_id: int, to: ParticipationState, by: Actor, at: datetime, reason: str = ""
) -> Participation:
    """Let somebody take a break, leave or come back. Raises IllegalMoveError.

    Whoever comes back waits from that day on.
    """
    participation = _locked(participation_id)
    before = ParticipationState(participation.state)
    check_move(PARTICIPATION_MOVES, current=before, target=to)
    participation.state = to
    if before == ParticipationState.LEFT:
        participation.waiting_since = timezone.localtime(at).date()
    participation.save(update_fields=["state", "waiting_since"])
    audit.record(
        action="intake.move_participation",
        by=by,
        at=at,
        target=participation,
        changes={"from": before.value, "to": to.value},
        reason=reason,
    )
    return participation


@transaction.atomic
def hand_over(
    *, participation_id: int, to: Site, way: ConsentWay, by: Actor, at: datetime
) -> Participation:
    """Move somebody who agreed to it from their site to the site ``to``; both find it written down.

    The wishes and the day from which waiting counts stay. Raises IntegrityError when the person
    takes part there on that side already.
    """
    participation = _locked(participation_id)
    here = participation.site
    people.give_consent(
        person_id=participation.person_id,
        purpose=ConsentPurpose.PARTICIPATION,
        way=way,
        by=by,
        at=at,
        scope=here.audit_scope,
    )
    participation.site = to
    participation.save(update_fields=["site"])
    changes = {"from": here.pk, "to": to.pk, "way": way.value}
    for site in (here, to):
        audit.record(
            action="intake.hand_over",
            by=by,
            at=at,
            target=participation,
            scope=site.audit_scope,
            changes=changes,
        )
    return participation


@transaction.atomic
def answer_question(*, participation_id: int, number: int, by: Actor, at: datetime) -> None:
    """Tick off the question with this number, counted from 0; nothing if there is none."""
    participation = _locked(participation_id)
    if not 0 <= number < len(participation.questions):
        return
    question = participation.questions.pop(number)
    participation.save(update_fields=["questions"])
    audit.record(
        action="intake.answer_question",
        by=by,
        at=at,
        target=participation,
        changes={"field": question.get("field", ""), "code": question.get("code", "")},
    )


@transaction.atomic
def withdraw_consent(
    *, participation_id: int, purpose: ConsentPurpose, by: Actor, at: datetime
) -> None:
    """Write down that somebody no longer agrees; without consent to take part they leave.

    Raises NoConsentError.
    """
    participation = _locked(participation_id)
    people.withdraw_consent(
        person_id=participation.person_id,
        purpose=purpose,
        by=by,
        at=at,
        scope=participation.audit_scope,
    )
    if purpose != ConsentPurpose.PARTICIPATION:
        return
    for each in participation.person.participations.exclude(state=ParticipationState.LEFT):
        move_participation(participation_id=each.pk, to=ParticipationState.LEFT, by=by, at=at)


@transaction.atomic
def erase_participant(*, participation_id: int, by: Actor, at: datetime, reason: str = "") -> None:
    """Erase everything about the person, in every room, for good."""
    participation = _locked(participation_id)
    people.erase_person(
        person_id=participation.person_id,
        by=by,
        at=at,
        scope=participation.audit_scope,
        reason=reason,
    )


@transaction.atomic
def record_export(*, site: Site, count: int, by: Actor, at: datetime) -> None:
    """Write down that somebody took a list of the site's people with them."""
    audit.record(action="intake.export_people", by=by, at=at, target=site, changes={"count": count})


def _locked(participation_id: int) -> Participation:
    # The row alone: one that waited and has another site since would fall out of a join.
    row = Participation.objects.select_for_update().get(pk=participation_id)
    prefetch_related_objects([row], "site", "person")
    return row
