"""The next step of a tandem in words: a sentence, and the one button that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.enums import MeetingKind, TandemState
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.queries.steps import Facts, Step, next_step


@dataclass(frozen=True, kw_only=True)
class Action:
    """Without a button there is nothing to do."""

    sentence: Promise | str
    button: Promise | str = ""
    #: The address's name below ``tandems:``; ``url`` once it is about a certain tandem.
    to: str = ""
    url: str = ""
    icon: str = ""
    is_post: bool = False


_ACTIONS: Final[Mapping[Step, Action]] = {
    Step.TAKE_UP: Action(
        sentence=_("Somebody asked for you. Please get in touch and note what you agreed."),
        button=_("I took care of it"),
        to="checkin_handle",
        icon="telephone",
    ),
    Step.ARRANGE_FIRST: Action(
        sentence=_("No meeting is arranged yet. Arrange the first one at the site."),
        button=_("Arrange the first meeting"),
        to="meeting_new",
        icon="calendar-event",
    ),
    Step.WAIT_FOR_ANSWERS: Action(
        sentence=_("Both have been asked. Their answers are still to come.")
    ),
    Step.MAKE_ACTIVE: Action(
        sentence=_("They have met often enough to decide. Do both want to go on?"),
        button=_("Yes, they go on"),
        to="move",
        icon="check",
        is_post=True,
    ),
    Step.AFTER_FIRST: Action(
        sentence=_("The first meeting is over. Ask both how it was."),
        button=_("Record how it was"),
        to="checkin_record",
        icon="chat-heart",
    ),
    Step.CALL_SILENT: Action(
        sentence=_("Nothing was heard for a long time. Call both and ask how it is going."),
        button=_("Record how it is going"),
        to="checkin_record",
        icon="telephone",
    ),
    Step.CALL_BOTH: Action(
        sentence=_("Neither of the two has answered. Call both and ask how it is going."),
        button=_("Record how it is going"),
        to="checkin_record",
        icon="telephone",
    ),
    Step.ASK_IN_PERSON: Action(
        sentence=_("A check-in is due, and one of the two gets no mail. Please ask."),
        button=_("Record the answer"),
        to="checkin_record",
        icon="chat-heart",
    ),
    Step.WAIT_FOR_MEETING: Action(
        sentence=_("The next meeting is arranged. There is nothing to do until then.")
    ),
    Step.NOTE_MEETING: Action(
        sentence=_("Have they met? One tap is enough to document it."),
        button=_("They met today"),
        to="met_today",
        icon="cup-hot",
        is_post=True,
    ),
    Step.RESUME: Action(
        sentence=_("The tandem takes a break."),
        button=_("The break is over"),
        to="move",
        icon="arrow-clockwise",
        is_post=True,
    ),
    Step.NOTHING: Action(sentence=_("There is nothing left to do.")),
}
_BOTH_AGREED: Final = _("Both said yes. Arrange the first meeting at the site.")


def action_for(tandem: Tandem, facts: Facts) -> Action:
    """Return the next step of ``tandem``, with the address that does it."""
    step = next_step(facts)
    action = _ACTIONS[step]
    if step == Step.ARRANGE_FIRST and facts.state == TandemState.PROPOSED:
        action = replace(action, sentence=_BOTH_AGREED)
    return replace(action, url=_url(tandem, facts, step, action)) if action.to else action


def _url(tandem: Tandem, facts: Facts, step: Step, action: Action) -> str:
    kwargs: dict[str, Any] = {"pk": tandem.pk}
    query = ""
    if step == Step.TAKE_UP:
        kwargs = {"pk": facts.care_id}
    elif action.to == "move":
        kwargs["to"] = TandemState.ACTIVE
    elif step == Step.ARRANGE_FIRST:
        query = f"?kind={MeetingKind.FIRST}"
    elif step == Step.ASK_IN_PERSON:
        query = f"?side={facts.ask_side}"
    return reverse(f"tandems:{action.to}", kwargs=kwargs) + query
