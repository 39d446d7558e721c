"""What this room's actions and tables are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.naming import name_actions, name_tables

name_tables({"messaging.message": _("message")})
name_actions(
    {
        "core.run_task_again": _("ran a failed task again"),
        "messaging.cancel_message": _("took a message back"),
        "messaging.choose_notices": _("chose how often to hear of news"),
        "messaging.retry_message": _("sent a message again"),
        "messaging.settle_message": _("decided what became of a message"),
        "messaging.start_mails": _("let mails about news come again"),
        "messaging.stop_mails": _("ended mails about news"),
    }
)
