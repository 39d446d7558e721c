"""What this room's actions are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.naming import name_actions

name_actions(
    {
        "website.make_website": _("made the first pages of the website"),
        "website.let_edit": _("let somebody edit the website"),
        "website.stop_editing": _("took the website's editing away from somebody"),
        "website.send_letter": _("passed on a letter from the contact page"),
    }
)
