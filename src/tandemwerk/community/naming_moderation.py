"""What moderation, directory, peers and offers are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.naming import name_actions, name_tables

name_tables(
    {
        "community.profile": _("entry in the directory"),
        "community.peerrequest": _("question or visit"),
        "community.decision": _("decision of the moderation"),
    }
)
name_actions(
    {
        "community.moderate": _("decided as moderation"),
        "community.dismiss_reports": _("looked at reports and left a post as it is"),
        "community.report_post": _("reported a post"),
        "community.reveal_asker": _("looked at who asked without a name"),
        "community.appeal": _("appealed against a decision"),
        "community.answer_appeal": _("decided an appeal"),
        "community.save_profile": _("changed their entry in the directory"),
        "community.ask_peer": _("asked a member"),
        "community.agree_peer": _("agreed on a visit"),
        "community.answer_peer": _("answered a member"),
        "community.decline_peer": _("said no to a request"),
        "community.cancel_peer": _("called a request off"),
        "community.look_back": _("wrote down what they take with them"),
        "community.finish_peer": _("asked how a visit was"),
        "community.offer_question": _("offered a question"),
        "community.accept_offer": _("took a question on"),
        "community.pass_offer": _("passed a question on"),
    }
)
