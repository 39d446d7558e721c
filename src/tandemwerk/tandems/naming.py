"""What this room's actions and tables are called in the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.naming import name_actions, name_tables, namer
from tandemwerk.tandems.models import Tandem

name_tables(
    {
        "tandems.tandem": _("tandem"),
        "tandems.answer": _("answer to a proposal"),
        "tandems.checkin": _("check-in"),
        "tandems.meeting": _("meeting"),
        "tandems.note": _("note"),
        "tandems.pairingrun": _("pairing run"),
        "tandems.suggestion": _("suggestion"),
        "tandems.declinedpair": _("pair that does not fit"),
        "tandems.pairingweights": _("weights of the pairing"),
        "tandems.pairingterms": _("terms of the pairing"),
        "tandems.reachrequest": _("pair with another site"),
        "tandems.pairinground": _("pairs suggested at many sites"),
    }
)
name_actions(
    {
        "tandems.start_run": _("started a pairing run"),
        "tandems.decide_suggestion": _("decided on a suggestion"),
        "tandems.lock_suggestion": _("locked a suggestion"),
        "tandems.unlock_suggestion": _("unlocked a suggestion"),
        "tandems.set_weights": _("changed the weights of the pairing"),
        "tandems.reset_weights": _("went back to the usual weights of the pairing"),
        "tandems.set_terms": _("changed the terms of the pairing"),
        "tandems.view_foreign": _("looked at a candidate of another site, without a name"),
        "tandems.ask_other_site": _("asked another site about a pair"),
        "tandems.decline_other_site": _("said no to a pair with another site"),
        "tandems.start_round": _("let pairs be suggested at all sites together"),
        "tandems.answer_request": _("answered another site about a pair"),
        "tandems.suggest_nightly": _("suggested pairs at night"),
        "tandems.record_answer": _("wrote down an answer to a proposal"),
        "tandems.give_answer": _("answered a proposal"),
        "tandems.renew_link": _("made a new link"),
        "tandems.propose": _("proposed a tandem"),
        "tandems.move_tandem": _("moved a tandem on"),
        "tandems.follow_up": _("followed up a tandem"),
        "tandems.change_agreement": _("changed the agreement of a tandem"),
        "tandems.add_note": _("wrote a note on a tandem"),
        "tandems.arrange_meeting": _("arranged a meeting"),
        "tandems.note_meeting": _("wrote down a meeting"),
        "tandems.change_meeting": _("changed a meeting"),
        "tandems.cancel_meeting": _("cancelled a meeting"),
        "tandems.answer_checkin": _("answered a check-in"),
        "tandems.handle_checkin": _("took up a check-in"),
        "tandems.open_checkin_link": _("made a check-in link to hand over"),
        "tandems.export_list": _("took the list of tandems out as a file"),
        "tandems.read_tandem": _("read a tandem"),
    }
)


@namer("tandems.tandem")
def names_of_tandems(reader: Any, numbers: Iterable[int]) -> dict[int, str]:
    """Name both people of the tandems that the reader may see."""
    seen = Tandem.objects.visible_to(reader).filter(pk__in=numbers)
    rows = seen.select_related("volunteer__person", "newcomer__person")
    return {row.pk: f"{row.volunteer} + {row.newcomer}" for row in rows}
