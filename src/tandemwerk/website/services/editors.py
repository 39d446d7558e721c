"""Who may edit the website, told to Wagtail.

Memberships decide; Wagtail asks its own tables (a group with permissions on pages, photos and
documents). The two are brought together at the door: each request to the editors' area compares
them (``middleware.CmsMiddleware``). So there is no second truth: a role given by an invitation, by
a command or by a bulk insert of the demo holds at the next click, and a role taken away as well.
Signals would miss what is written in bulk, and whoever forgets to send one leaves a door open.
"""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM
from tandemwerk.people.models import User
from tandemwerk.website.rules import is_editor
from tandemwerk.website.services.roots import (
    ensure_collection,
    ensure_root,
    ensure_translation_permission,
)

EDITORS: Final = "Website"
_ON_PAGES: Final = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
_ON_FILES: Final = ("add", "change", "choose")
#: Wagtail asks for the permissions of its own models, whichever stand in for them.
_FILES: Final = (("wagtailimages", "image"), ("wagtaildocs", "document"))
#: Permissions without a place: the door itself, and redirects.
_ANYWHERE: Final = (
    ("wagtailadmin", "access_admin"),
    ("wagtailredirects", "add_redirect"),
    ("wagtailredirects", "change_redirect"),
    ("wagtailredirects", "delete_redirect"),
)


@transaction.atomic
def ensure_editor_group() -> Group:
    """Return the group of the editors, with all that an editor of the website needs."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    for app, codename in _ANYWHERE:
        group.permissions.add(_permission(app, codename))
    group.permissions.add(ensure_translation_permission())
    root = ensure_root()
    for action in _ON_PAGES:
        permission = _permission("wagtailcore", f"{action}_page")
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = ensure_collection()
    for app, model in _FILES:
        for action in _ON_FILES:
            permission = _permission(app, f"{action}_{model}")
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    return group


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def sync_editor(*, user: User, at: datetime) -> bool:
    """Put ``user`` into the editors' group or out of it, as the memberships say.

    Return whether they may edit. One query where nothing changes.
    """
    may_edit = bool(is_editor(user))
    is_in_group = user.groups.filter(name=EDITORS).exists()
    if may_edit != is_in_group:
        _change_group(user, may_edit=may_edit, at=at)
    return may_edit


@transaction.atomic
def _change_group(user: User, *, may_edit: bool, at: datetime) -> None:
    group = ensure_editor_group()
    if may_edit:
        user.groups.add(group)
    else:
        user.groups.remove(group)
    action = "website.let_edit" if may_edit else "website.stop_editing"
    audit.record(action=action, by=SYSTEM, at=at, target=user)
