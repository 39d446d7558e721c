"""What this room's actions and tables are called in the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.naming import name_actions, name_tables, namer
from tandemwerk.people.models import User
from tandemwerk.programme.models import Membership

name_tables(
    {
        "programme.programme": _("programme"),
        "programme.carrier": _("carrier"),
        "programme.site": _("site"),
        "programme.fundingperiod": _("funding period"),
        "programme.invitation": _("invitation"),
    }
)
name_actions(
    {
        "programme.add_carrier": _("took a carrier in"),
        "programme.change_carrier": _("changed a carrier's settings"),
        "programme.add_site": _("opened a site"),
        "programme.change_site": _("changed a site's settings"),
        "programme.set_funding_period": _("wrote down what was agreed for a year"),
        "programme.invite": _("invited somebody to a team"),
        "programme.renew_invitation": _("sent an invitation again"),
        "programme.revoke_invitation": _("took an invitation back"),
        "programme.accept_invitation": _("accepted an invitation"),
        "programme.add_member": _("joined a team"),
        "programme.change_role": _("changed a role in a team"),
        "programme.remove_member": _("removed somebody from a team"),
        "programme.export_audit": _("took the audit trail out as a file"),
    }
)


@namer("people.user")
def names_of_accounts(reader: Any, numbers: Iterable[int]) -> dict[int, str]:
    """Name the accounts in teams that ``reader`` may see, and their own; an administrator all."""
    accounts = User.objects.filter(pk__in=numbers)
    if not (isinstance(reader, User) and reader.is_superuser):
        seen = Membership.objects.visible_to(reader).values("user_id")
        accounts = accounts.filter(Q(pk=reader.pk) | Q(pk__in=seen))
    return {account.pk: str(account) for account in accounts}
