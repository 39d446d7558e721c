"""What this room's actions and tables are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.naming import name_actions, name_tables

name_tables(
    {
        "people.user": _("account"),
        "people.person": _("person"),
    }
)
name_actions(
    {
        "people.create_account": _("made an account"),
        "people.change_account": _("changed name or language of an account"),
        "people.change_password": _("changed the password"),
        "people.set_password": _("set a password"),
        "people.reset_password": _("set a forgotten password anew"),
        "people.change_mail": _("changed the e-mail of an account"),
        "people.add_second_factor": _("set up a second factor"),
        "people.remove_second_factor": _("removed a second factor"),
        "people.renew_spare_codes": _("made new spare codes"),
        "people.end_session": _("signed out on another device"),
        "people.create_person": _("took somebody in"),
        "people.change_person": _("changed somebody's details"),
        "people.give_consent": _("wrote down a consent"),
        "people.withdraw_consent": _("wrote down that a consent ended"),
        "people.export_account": _("took a copy of the data of an account"),
        "people.close_account": _("closed an account"),
        "people.export_person": _("gave out a copy of somebody's data"),
        "people.erase_person": _("erased somebody's data"),
        "people.read_person": _("read somebody's details"),
    }
)
