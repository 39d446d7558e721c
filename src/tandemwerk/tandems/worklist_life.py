"""Tandems that need somebody, and people who have been waiting for long without a suggestion."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tandemwerk.core.worklist import URGENCIES, Urgency, Work, WorkItem, source, work_of
from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.programme.models import written_sites
from tandemwerk.tandems.enums import RUNNING_STATES, AnswerState, Mood, SuggestionState, TandemState
from tandemwerk.tandems.models import Answer, CheckIn, Suggestion, Tandem
from tandemwerk.tandems.queries.actions import action_for
from tandemwerk.tandems.queries.capacity import count_live
from tandemwerk.tandems.queries.life import given_names, person_url
from tandemwerk.tandems.queries.people import both_people
from tandemwerk.tandems.queries.reach import gets_mail
from tandemwerk.tandems.queries.steps import Facts, Step, facts_of, next_step
from tandemwerk.tandems.templatetags.moments import day
from tandemwerk.tandems.words import days_in_words, found_in_words

#: Whoever has waited for so long without a suggestion is worth a look.
LONG_WAIT: Final = timedelta(weeks=4)
#: A proposal that ends within so long and waits for an answer is worth a call.
SOON_OVER: Final = timedelta(days=2)

_URGENCIES: Final[Mapping[Step, Urgency]] = {
    Step.TAKE_UP: "now",
    Step.ARRANGE_FIRST: "soon",
    Step.AFTER_FIRST: "soon",
    Step.MAKE_ACTIVE: "soon",
    Step.CALL_SILENT: "soon",
    Step.CALL_BOTH: "later",
    Step.ASK_IN_PERSON: "later",
}
_BUTTONS: Final[Mapping[Step, Promise]] = {
    Step.TAKE_UP: gettext_lazy("Take care of it"),
    Step.ARRANGE_FIRST: gettext_lazy("Arrange the meeting"),
    Step.AFTER_FIRST: gettext_lazy("How was it?"),
    Step.MAKE_ACTIVE: gettext_lazy("Do they go on?"),
    Step.CALL_SILENT: gettext_lazy("Look at the tandem"),
    Step.CALL_BOTH: gettext_lazy("Look at the tandem"),
    Step.ASK_IN_PERSON: gettext_lazy("Record the answer"),
}
_REASONS: Final[Mapping[Step, Promise]] = {
    Step.ARRANGE_FIRST: gettext_lazy("No meeting is arranged yet."),
    Step.AFTER_FIRST: gettext_lazy(
        "They have met for the first time. Nobody has asked yet how it was."
    ),
    Step.MAKE_ACTIVE: gettext_lazy("They have met %(count)s times. Do both want to go on?"),
    Step.CALL_SILENT: gettext_lazy("Nothing heard for %(time)s."),
    Step.CALL_BOTH: gettext_lazy("Neither of the two answered when asked how it is going."),
    Step.ASK_IN_PERSON: gettext_lazy("%(name)s gets no mail: please ask how it is going."),
}


@source
def tandems_in_need(user: Any, at: datetime, limit: int) -> Work:
    """Return the running tandems of the sites that ``user`` writes for and that need something.

    All are looked at, for what they need is not stored; only those shown are fetched with their
    people and put into words.
    """
    mine = list(Tandem.objects.filter(site__in=written_sites(user), state__in=RUNNING_STATES))
    known = facts_of(mine, at=at)
    found = [
        (tandem, facts, step)
        for tandem in mine
        if (step := next_step(facts := known[tandem.pk])) in _URGENCIES
    ]
    care = _care([facts.care_id for _tandem, facts, _step in found if facts.care_id])
    first = sorted(found, key=lambda each: _rank(*each, care=care))[:limit]
    prefetch_related_objects([tandem for tandem, *_rest in first], "site", *both_people())
    return Work(items=[_item(*each, care=care, at=at) for each in first], count=len(found))


def _rank(
    tandem: Tandem, facts: Facts, step: Step, *, care: Mapping[int, CheckIn]
) -> tuple[int, str, str]:
    """Return the rank that the item will have (``core.worklist.rank``)."""
    since = _since(tandem, facts, step, care.get(facts.care_id or 0))
    return URGENCIES.index(_URGENCIES[step]), since.isoformat(), _key(tandem)


def _key(tandem: Tandem) -> str:
    return f"tandem/{tandem.pk}"


def _care(numbers: list[int]) -> dict[int, CheckIn]:
    return CheckIn.objects.in_bulk(numbers) if numbers else {}


def _item(
    tandem: Tandem, facts: Facts, step: Step, *, care: Mapping[int, CheckIn], at: datetime
) -> WorkItem:
    action = action_for(tandem, facts)
    looks = step in {Step.CALL_SILENT, Step.CALL_BOTH}
    url = reverse("tandems:tandem", args=[tandem.pk]) if looks else action.url
    checkin = care.get(facts.care_id or 0)
    return WorkItem(
        key=_key(tandem),
        title=f"{tandem.volunteer.person} & {tandem.newcomer.person}",
        reason=_reason(tandem, facts, step, checkin, at=at),
        url=url,
        button=_BUTTONS[step],
        urgency=_URGENCIES[step],
        since=_since(tandem, facts, step, checkin),
        icon=action.icon,
        scope=tandem.audit_scope,
    )


def _reason(
    tandem: Tandem, facts: Facts, step: Step, checkin: CheckIn | None, *, at: datetime
) -> str:
    names = given_names(tandem)
    if checkin is not None:
        return _care_reason(checkin, names[checkin.side], at=at)
    return str(_REASONS[step]) % {
        "count": facts.met_count,
        "name": names.get(facts.ask_side, ""),
        "time": _how_long(facts.last_sign_at, at),
    }


def _care_reason(checkin: CheckIn, name: str, *, at: datetime) -> str:
    said = (
        _("%(name)s asks for a call.")
        if checkin.mood == Mood.CALL_ME
        else _("%(name)s says that it is hard.")
    )
    answered_at = checkin.answered_at or at
    is_today = timezone.localdate(answered_at) == timezone.localdate(at)
    when = _("Today.") if is_today else _("On %(day)s.") % {"day": day(answered_at)}
    return f"{said % {'name': name}} {when}"


def _how_long(moment: datetime | None, at: datetime) -> str:
    return days_in_words((at - moment).days if moment else 0)


def _since(tandem: Tandem, facts: Facts, step: Step, checkin: CheckIn | None) -> date | datetime:
    known: Mapping[Step, date | datetime | None] = {
        Step.TAKE_UP: checkin.answered_at if checkin else None,
        Step.AFTER_FIRST: facts.first_met_at,
        Step.CALL_SILENT: facts.last_sign_at,
        Step.CALL_BOTH: facts.missed_on,
        Step.ASK_IN_PERSON: facts.ask_on,
    }
    return known.get(step) or tandem.founded_on or tandem.created_at


@source
def people_waiting(user: Any, at: datetime, limit: int) -> Work:
    """Return who has waited longest and has neither a tandem nor an open suggestion.

    A family that wants another volunteer is among them long after the last one.
    """
    waiting = waiting_long(user, at=at)
    rows = waiting.select_related("person", "site").order_by("waiting_since", "pk")
    today = timezone.localdate(at)
    return work_of(rows, limit, lambda row: _waiting_item(row, today))


def waiting_long(user: Any, *, at: datetime) -> "QuerySet[Any]":
    """Return those of the sites that ``user`` writes for who wait long without a suggestion.

    ``found`` of each row counts the volunteers that a family has.
    """
    live = Tandem.objects.live()
    suggested = Suggestion.objects.filter(state=SuggestionState.OPEN)
    theirs = live.filter(newcomer=OuterRef("pk"))
    lacks_another = (
        Q(volunteers_wanted__gt=1)
        & Q(found__lt=F("volunteers_wanted"))
        & ~Exists(theirs.filter(created_at__gt=at - LONG_WAIT))
    )
    nothing = Q(side=Side.NEWCOMER) & (~Exists(theirs) | lacks_another) & ~Exists(
        suggested.filter(newcomer=OuterRef("pk"))
    ) | Q(side=Side.VOLUNTEER) & ~Exists(live.filter(volunteer=OuterRef("pk"))) & ~Exists(
        suggested.filter(volunteer=OuterRef("pk"))
    )
    people = Participation.objects.open().annotate(found=count_live(Side.NEWCOMER))
    return people.filter(
        nothing,
        site__in=written_sites(user),
        waiting_since__lte=timezone.localdate(at) - LONG_WAIT,
    )


def _waiting_item(row: Any, today: date) -> WorkItem:
    time = days_in_words((today - row.waiting_since).days)
    reason = _("Waiting for %(time)s, and there is no suggestion yet.") % {"time": time}
    if row.found:
        words = found_in_words(row.found, row.volunteers_wanted)
        reason = _("%(found)s. There is no suggestion for another one yet.") % {"found": words}
    return WorkItem(
        key=f"waiting/{row.pk}",
        title=str(row.person),
        reason=reason,
        url=person_url(row),
        button=_("Look for somebody"),
        urgency="later",
        since=row.waiting_since,
        icon="hourglass",
        scope=row.site.audit_scope,
    )


@source
def proposals_running_out(user: Any, at: datetime, limit: int) -> Work:
    """Return the proposals that end soon because somebody has not answered their mail."""
    late = Answer.objects.filter(
        gets_mail(),
        state=AnswerState.WAITING,
        expires_at__gt=at,
        expires_at__lte=at + SOON_OVER,
        tandem__state=TandemState.PROPOSED,
        tandem__site__in=written_sites(user),
    )
    rows = late.select_related("tandem__site").prefetch_related(*both_people("tandem__"))
    return work_of(rows.order_by("expires_at", "pk"), limit, _late_item)


def _late_item(answer: Answer) -> WorkItem:
    person = answer.participation.person
    return WorkItem(
        key=f"tandems.late/{answer.pk}",
        title=_("Ask %(name)s") % {"name": person},
        reason=_("No answer to a proposal yet. It runs out on %(day)s.")
        % {"day": day(answer.expires_at)},
        url=reverse("tandems:record_answer", args=[answer.pk]),
        button=_("Note the answer"),
        urgency="soon",
        since=answer.asked_at,
        icon="hourglass",
        scope=answer.audit_scope,
    )
