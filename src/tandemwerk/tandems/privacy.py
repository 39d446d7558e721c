"""What this room keeps about a person: tandems, what they said, and whom they were matched with."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import PersonalData, name_facts, register
from tandemwerk.intake.enums import Side
from tandemwerk.tandems.enums import LIVE_STATES, EndReason, TandemState
from tandemwerk.tandems.models import (
    AcrossOffer,
    Answer,
    CheckIn,
    DeclinedPair,
    Meeting,
    Note,
    PairingRun,
    ReachRequest,
    Suggestion,
    Tandem,
    TandemMove,
)
from tandemwerk.tandems.reasons import language_name, reasons_in_words
from tandemwerk.tandems.services.life import move_tandem
from tandemwerk.tandems.services.proposals import close_proposal


def _is_one_of(person_id: int, *, before: str = "") -> Q:
    """Return the condition that somebody is one of the two."""
    return Q(**{f"{before}volunteer__person": person_id}) | Q(
        **{f"{before}newcomer__person": person_id}
    )


def _is_asked(person_id: int) -> Q:
    """Return the condition that a question of a tandem went to somebody."""
    return Q(side=Side.VOLUNTEER, tandem__volunteer__person=person_id) | Q(
        side=Side.NEWCOMER, tandem__newcomer__person=person_id
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


# ---------------------------------------------------------------- tandems


def _tandems(person_id: int) -> QuerySet[Tandem]:
    return Tandem.objects.filter(_is_one_of(person_id)).select_related("site").order_by("pk")


def _export_tandems(person_id: int) -> list[dict[str, Any]]:
    """Return the person's tandems; the other one is not named."""
    tandems = _tandems(person_id).prefetch_related("moves", "meetings", "notes")
    return [
        {
            "site": tandem.site.name,
            "state": tandem.get_state_display(),
            "kind": tandem.get_kind_display(),
            "language": language_name(tandem.language),
            "km": tandem.km,
            "reasons": [said.text for said in reasons_in_words(tandem.reasons, of_each=21)],
            "agreement": tandem.agreement,
            "proposed_at": tandem.created_at.isoformat(),
            "founded_on": tandem.founded_on and tandem.founded_on.isoformat(),
            "ended_on": tandem.ended_on and tandem.ended_on.isoformat(),
            "end_reason": tandem.get_end_reason_display(),
            "moves": [
                {"at": _iso(move.at), "to": move.get_to_state_display(), "reason": move.reason}
                for move in tandem.moves.all()
            ],
            "meetings": [
                {
                    "at": _iso(meeting.starts_at),
                    "kind": meeting.get_kind_display(),
                    "minutes": meeting.minutes,
                    "place": meeting.place,
                    "note": meeting.note,
                    "cancelled_at": _iso(meeting.cancelled_at),
                }
                for meeting in tandem.meetings.all()
            ],
            "notes": [
                {"at": _iso(note.written_at), "text": note.text} for note in tandem.notes.all()
            ],
        }
        for tandem in tandems
    ]


def _erase_tandems(person_id: int, by: Actor, at: datetime) -> None:
    """End what is running and keep that it was and when, for the figures; nothing of what it was.

    Dates of meetings stay because the funding rests on them.
    """
    for tandem in _tandems(person_id).filter(state__in=LIVE_STATES):
        if tandem.state == TandemState.PROPOSED:
            others = tandem.answers.exclude(_is_asked(person_id))
            close_proposal(tandem, to=TandemState.DECLINED, by=by, at=at, tell=others)
        else:
            move_tandem(
                tandem_id=tandem.pk,
                to=TandemState.ENDED,
                by=by,
                at=at,
                end_reason=EndReason.OTHER,
            )
    mine = Tandem.objects.filter(_is_one_of(person_id))
    Note.objects.filter(tandem__in=mine).delete()
    Meeting.objects.filter(tandem__in=mine).update(place="", note="")
    TandemMove.objects.filter(tandem__in=mine).update(reason="")
    mine.update(agreement="", reasons=[], km=None, language="")


# ---------------------------------------------------------------- answers and check-ins


def _export_answers(person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "asked_at": _iso(answer.asked_at),
            "answer": answer.get_state_display(),
            "note": answer.note,
            "answered_at": _iso(answer.answered_at),
        }
        for answer in Answer.objects.filter(_is_asked(person_id)).order_by("pk")
    ]


def _erase_answers(person_id: int, _by: Actor, _at: datetime) -> None:
    Answer.objects.filter(_is_asked(person_id)).update(note="")


def _export_checkins(person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "due_on": checkin.due_on.isoformat(),
            "answer": checkin.get_mood_display(),
            "line": checkin.line,
            "answered_at": _iso(checkin.answered_at),
        }
        for checkin in CheckIn.objects.filter(_is_asked(person_id)).order_by("due_on", "pk")
    ]


def _erase_checkins(person_id: int, _by: Actor, _at: datetime) -> None:
    CheckIn.objects.filter(_is_asked(person_id)).update(line="")


# ---------------------------------------------------------------- suggestions


def _export_suggestions(person_id: int) -> list[dict[str, Any]]:
    """Return with what reasons somebody was suggested, and which pairs were ruled out."""
    suggestions = Suggestion.objects.filter(_is_one_of(person_id)).select_related("run")
    declined = DeclinedPair.objects.filter(_is_one_of(person_id))
    offers = AcrossOffer.objects.filter(_is_one_of(person_id))
    return (
        [
            {
                "suggested_at": _iso(each.run.created_at),
                "state": each.get_state_display(),
                "reasons": [said.text for said in reasons_in_words(each.reasons, of_each=21)],
            }
            for each in suggestions.order_by("pk")
        ]
        + [
            {
                "declined_at": _iso(each.declined_at),
                "reason": each.get_reason_display(),
                "note": each.note,
            }
            for each in declined.order_by("pk")
        ]
        + [
            {
                "suggested_at": _iso(each.offered_at),
                "reasons": [said.text for said in reasons_in_words(each.reasons, of_each=21)],
            }
            for each in offers.order_by("pk")
        ]
        + [
            {
                "asked_at": _iso(each.asked_at),
                "state": each.get_state_display(),
                **_handed_over(each, person_id),
            }
            for each in _requests(person_id)
            .select_related("handed_to", "asking", "asked")
            .order_by("pk")
        ]
    )


def _handed_over(request: ReachRequest, person_id: int) -> dict[str, Any]:
    """Return to which site somebody went; of the other one of the pair nothing is told."""
    is_of_asking = request.handed_to_id == request.asked_site_id
    moved = request.asking if is_of_asking else request.asked
    if request.handed_to is None or moved.person_id != person_id:
        return {}
    return {
        "handed_over_at": _iso(request.handed_at),
        "handed_over_to": request.handed_to.name,
        "said_how": request.get_handed_way_display(),
    }


def _requests(person_id: int) -> QuerySet[ReachRequest]:
    """Return the pairs with other sites that somebody was asked about."""
    return ReachRequest.objects.filter(Q(asking__person=person_id) | Q(asked__person=person_id))


def _erase_suggestions(person_id: int, _by: Actor, _at: datetime) -> None:
    Suggestion.objects.filter(_is_one_of(person_id)).delete()
    AcrossOffer.objects.filter(_is_one_of(person_id)).delete()
    _requests(person_id).delete()
    DeclinedPair.objects.filter(_is_one_of(person_id)).delete()
    for run in PairingRun.objects.filter(site__participations__person=person_id).distinct():
        mine = set(run.site.participations.filter(person=person_id).values_list("pk", flat=True))
        run.left = [entry for entry in run.left if entry["participation"] not in mine]
        run.save(update_fields=["left"])


_KEPT = _("Until somebody leaves the programme and asks for it, or three years after that.")

register(
    PersonalData(
        name="checkins",
        title=_("Check-ins"),
        purpose=_("To notice in time when a tandem needs help."),
        kept=_KEPT,
        models=("tandems.CheckIn",),
        export=_export_checkins,
        erase=_erase_checkins,
    ),
    PersonalData(
        name="answers",
        title=_("Answers to proposals"),
        purpose=_("To bring nobody together who does not want it."),
        kept=_KEPT,
        models=("tandems.Answer",),
        export=_export_answers,
        erase=_erase_answers,
    ),
    PersonalData(
        name="suggestions",
        title=_("Suggestions of the pairing"),
        purpose=_("To find a tandem that suits somebody, and never to suggest a pair twice."),
        kept=_KEPT,
        models=(
            "tandems.Suggestion",
            "tandems.DeclinedPair",
            "tandems.AcrossOffer",
            "tandems.ReachRequest",
        ),
        export=_export_suggestions,
        erase=_erase_suggestions,
    ),
    PersonalData(
        name="tandems",
        title=_("Tandems"),
        purpose=_("To accompany a tandem, and to prove to the funder that it was there."),
        kept=_("Dates and states for as long as the funding may be examined, without a name."),
        models=(
            "tandems.Tandem",
            "tandems.TandemMove",
            "tandems.Meeting",
            "tandems.Note",
        ),
        export=_export_tandems,
        erase=_erase_tandems,
    ),
)

name_facts(
    {
        "handed_over_at": _("Went to another site"),
        "handed_over_to": _("Now at"),
        "said_how": _("How you said yes"),
    }
)
