"""Proposals that wait for the site: calls asked for, two times yes, people without e-mail."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.core.worklist import Work, WorkItem, source, work_of
from tandemwerk.people.enums import ContactPreference
from tandemwerk.programme.models import written_sites
from tandemwerk.tandems.enums import AnswerState, SuggestionState, TandemState
from tandemwerk.tandems.models import Answer, Suggestion, Tandem
from tandemwerk.tandems.queries.people import both_people

#: After so long nobody needs to be told any more that a proposal came to nothing.
_FOLLOW_UP_FOR: Final = timedelta(days=30)


@source
def calls_asked_for(user: Any, _at: datetime, limit: int) -> Work:
    """Return the people who asked to be called instead of saying yes or no."""
    asked = _answers(user).filter(state=AnswerState.CALL_ME)
    return work_of(asked.order_by("answered_at", "pk"), limit, _call)


def _call(answer: Any) -> WorkItem:
    phone = answer.participation.person.phone
    return WorkItem(
        key=f"tandems.call/{answer.pk}",
        title=_("Call %(name)s") % {"name": answer.participation.person},
        reason=_("Wants to talk before answering a proposal. Phone: %(phone)s") % {"phone": phone}
        if phone
        else _("Wants to talk before answering a proposal. No phone number is noted."),
        url=reverse("tandems:record_answer", kwargs={"pk": answer.pk}),
        button=_("Note the answer"),
        urgency="now",
        since=answer.answered_at,
        icon="telephone",
    )


@source
def first_meetings_to_arrange(user: Any, _at: datetime, limit: int) -> Work:
    """Return the proposals to which both said yes."""
    both = Q(answers__state=AnswerState.YES)
    agreed = (
        _proposals(user)
        .filter(state=TandemState.PROPOSED)
        .annotate(yes=Count("answers", filter=both), agreed_at=Max("answers__answered_at"))
        .filter(yes=2)
    )
    return work_of(agreed.order_by("agreed_at", "pk"), limit, _first_meeting)


def _first_meeting(tandem: Any) -> WorkItem:
    return WorkItem(
        key=f"tandems.first_meeting/{tandem.pk}",
        title=_("Arrange the first meeting: %(pair)s") % {"pair": _pair(tandem)},
        reason=_("Both said yes."),
        url=reverse("tandems:tandem", kwargs={"pk": tandem.pk}),
        button=_("Arrange"),
        urgency="now",
        since=tandem.agreed_at,
        icon="calendar-check",
    )


@source
def invitations_to_hand_over(user: Any, _at: datetime, limit: int) -> Work:
    """Return those who were asked and get no e-mail: somebody has to speak with them."""
    by_mail = (ContactPreference.MAIL, ContactPreference.BOTH)
    unreachable = Q()
    for side in ("volunteer", "newcomer"):
        gets_mail = Q(**{f"tandem__{side}__person__contact_preference__in": by_mail})
        gets_mail &= ~Q(**{f"tandem__{side}__person__mail": ""})
        unreachable |= Q(side=side) & ~gets_mail
    waiting = _answers(user).filter(unreachable, state=AnswerState.WAITING)
    return work_of(waiting.order_by("asked_at", "pk"), limit, _invitation)


def _invitation(answer: Any) -> WorkItem:
    return WorkItem(
        key=f"tandems.invitation/{answer.pk}",
        title=_("Ask %(name)s") % {"name": answer.participation.person},
        reason=_("There is a proposal, but no e-mail address. Call, or hand over the invitation."),
        url=reverse("tandems:invitation", kwargs={"pk": answer.pk}),
        button=_("Invitation"),
        urgency="soon",
        since=answer.asked_at,
        icon="qr-code",
    )


@source
def people_to_tell(user: Any, at: datetime, limit: int) -> Work:
    """Return the proposals that came to nothing and of which somebody does not know yet."""
    over = (
        _proposals(user)
        .filter(
            state__in=(TandemState.EXPIRED, TandemState.DECLINED),
            followed_up_at=None,
            created_at__gt=at - _FOLLOW_UP_FOR,
        )
        .annotate(over_at=Max("moves__at"))
    )
    return work_of(over.order_by("over_at", "pk"), limit, _tell)


def _tell(tandem: Any) -> WorkItem:
    is_expired = tandem.state == TandemState.EXPIRED
    return WorkItem(
        key=f"tandems.tell/{tandem.pk}",
        title=_("No tandem: %(pair)s") % {"pair": _pair(tandem)},
        reason=_("There was no answer in time. Ask whether there is still interest.")
        if is_expired
        else _("One of them said no. The other has no e-mail and should hear it from you."),
        url=reverse("tandems:closed", kwargs={"pk": tandem.pk}),
        button=_("Look"),
        urgency="later",
        since=tandem.over_at,
        icon="chat",
    )


@source
def suggestions_to_look_at(user: Any, _at: datetime, limit: int) -> Work:
    """Return the sites whose suggestions nobody has decided about."""
    open_ones = Suggestion.objects.filter(
        state=SuggestionState.OPEN, run__site__in=written_sites(user)
    ).values("run__site__slug", "run__site__name")
    rows = open_ones.annotate(number=Count("pk"), since=Max("run__finished_at"))
    items = [_suggestions(row) for row in rows.order_by("since", "run__site__slug")]
    return Work(items=items[:limit], count=len(items))


def _suggestions(row: Any) -> WorkItem:
    count = ngettext(
        "%(count)s suggestion for a tandem", "%(count)s suggestions for tandems", row["number"]
    )
    return WorkItem(
        key=f"tandems.suggestions/{row['run__site__slug']}",
        title=count % {"count": row["number"]},
        reason=_("%(site)s: nobody has been asked yet.") % {"site": row["run__site__name"]},
        url=reverse("tandems:board", kwargs={"slug": row["run__site__slug"]}),
        button=_("Look through"),
        urgency="soon",
        since=row["since"],
        icon="puzzle",
    )


def _answers(user: Any) -> QuerySet[Answer]:
    return (
        Answer.objects.filter(
            tandem__state=TandemState.PROPOSED, tandem__site__in=written_sites(user)
        )
        .select_related("tandem")
        .prefetch_related(*both_people("tandem__"))
    )


def _proposals(user: Any) -> QuerySet[Tandem]:
    return Tandem.objects.filter(site__in=written_sites(user)).prefetch_related(*both_people())


def _pair(tandem: Tandem) -> str:
    return _("%(volunteer)s and %(newcomer)s") % {
        "volunteer": tandem.volunteer.person,
        "newcomer": tandem.newcomer.person,
    }
