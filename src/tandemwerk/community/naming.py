"""What this room's actions and tables are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.community import naming_moderation  # noqa: F401 registers its part
from tandemwerk.core.naming import name_actions, name_tables

name_tables(
    {
        "community.space": _("space of the community"),
        "community.topic": _("topic"),
        "community.post": _("post"),
    }
)
name_actions(
    {
        "community.add_space": _("opened a space"),
        "community.change_space": _("changed a space"),
        "community.archive_space": _("archived a space"),
        "community.reopen_space": _("opened a space again"),
        "community.join_space": _("joined a working group"),
        "community.ask_to_join": _("asked to join a working group"),
        "community.answer_request": _("answered a request to join"),
        "community.invite_member": _("invited somebody into a working group"),
        "community.leave_space": _("left a working group"),
        "community.remove_member": _("took somebody out of a working group"),
        "community.change_member": _("changed somebody's role in a working group"),
        "community.write_topic": _("began a topic"),
        "community.write_post": _("wrote a post"),
        "community.change_post": _("changed a post"),
        "community.remove_post": _("took a post back"),
        "community.accept_answer": _("accepted an answer"),
        "community.mark_official": _("marked an answer as official"),
        "community.acknowledge": _("confirmed an announcement"),
        "community.make_article": _("made an article from a topic"),
    }
)
