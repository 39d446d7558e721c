"""Making spaces and looking after them; getting into working groups and out again."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tandemwerk.community.enums import (
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
)
from tandemwerk.community.errors import AlreadySettledError, LastOwnerError
from tandemwerk.community.models import Space, SpaceMembership
from tandemwerk.community.queries.spaces import moderators_of
from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM
from tandemwerk.messaging.notices import notify
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier

#: Words of the addresses beside the spaces'.
RESERVED: Final = frozenset(
    {
        *("spaces", "new", "topics", "posts", "files", "drafts", "preview", "mentions", "asked"),
        *(
            "moderation",
            "knowledge",
            "reports",
            "decisions",
            "directory",
            "members",
            "people",
            "profile",
        ),
        *("peers", "visits", "offers", "similar", "search", "tags", "feed", "rules", "about"),
    }
)
_SLUG_LENGTH: Final = 40
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_S = SpaceMembershipState


def free_slug(name: str) -> str:
    """Return an address for a name that no other space has."""
    base = slugify(name.lower().translate(_GERMAN))[:_SLUG_LENGTH].strip("-") or "group"
    taken = RESERVED.union(
        Space.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


def _fixed() -> list[tuple[str, str, str, str]]:
    """Return kind, address, name and purpose of the spaces that every programme has."""
    return [
        (
            SpaceKind.MEMBERS,
            "treffpunkt",
            _("Meeting place"),
            _("For everybody: questions, ideas and news from all over the country."),
        ),
        (
            SpaceKind.CARRIERS,
            "traeger",
            _("Carriers among themselves"),
            _("What concerns the carriers: funding, proof, cooperation."),
        ),
        (
            SpaceKind.MINISTRY,
            "ministerium",
            _("Dialogue with the ministry"),
            _("Questions to the ministry and its answers."),
        ),
        (
            SpaceKind.INTERNAL,
            "netzwerkbuero",
            _("Network office"),
            _("For the network office alone."),
        ),
    ]


@transaction.atomic
def ensure_spaces(*, at: datetime) -> list[Space]:
    """Make the spaces that every programme has and each carrier its own. Safe to call again."""
    made = []
    with translation.override(settings.LANGUAGE_CODE):
        for order, (kind, slug, name, about) in enumerate(_fixed()):
            if Space.objects.filter(kind=kind).exists():
                continue
            made.append(
                _make(at, kind=kind, slug=slug, name=name, about=about, order=10 + order * 10)
            )
        without = Carrier.objects.exclude(spaces__kind=SpaceKind.CARRIER).order_by("pk")
        for carrier in without:
            name = _("%(carrier)s: our own space") % {"carrier": carrier.name}
            made.append(
                _make(
                    at,
                    kind=SpaceKind.CARRIER,
                    slug=free_slug(carrier.slug),
                    name=name[: _max("name")],
                    about=_("For our team and those of our sites."),
                    carrier=carrier,
                    order=30,
                )
            )
    return made


def _max(field: str) -> int:
    length: int | None = Space._meta.get_field(field).max_length  # type: ignore[union-attr]  # a CharField
    return length or 0


def _make(at: datetime, **fields: Any) -> Space:
    space = Space.objects.create(created_at=at, **fields)
    audit.record(
        action="community.add_space",
        by=SYSTEM,
        at=at,
        target=space,
        changes={"kind": space.kind},
    )
    return space


@transaction.atomic
def create_group(
    *, name: str, about: str, join_policy: str, reviews_first_posts: bool, by: User, at: datetime
) -> Space:
    """Open a working group; whoever opens it is its first owner.

    The caller has checked ``community.add_space``.
    """
    space = Space.objects.create(
        kind=SpaceKind.GROUP,
        name=name,
        slug=free_slug(name),
        about=about,
        join_policy=JoinPolicy(join_policy),
        reviews_first_posts=reviews_first_posts,
        created_by=by,
        created_at=at,
    )
    SpaceMembership.objects.create(
        space=space, user=by, role=SpaceRole.OWNER, state=_S.ACTIVE, since=at
    )
    audit.record(
        action="community.add_space",
        by=by,
        at=at,
        target=space,
        changes={"kind": space.kind, "join_policy": join_policy},
    )
    return space


@transaction.atomic
def change_space(*, space_id: int, by: User, at: datetime, **fields: Any) -> Space:
    """Change name, purpose, review of first posts and, of a group, how one joins.

    The caller has checked ``community.manage_space``.
    """
    space = Space.objects.select_for_update(of=("self",)).get(pk=space_id)
    wanted = {"name", "about", "reviews_first_posts", "join_policy"}.intersection(fields)
    changed = {name for name in wanted if getattr(space, name) != fields[name]}
    for name in changed:
        setattr(space, name, fields[name])
    if changed:
        space.save(update_fields=sorted(changed))
        audit.record(
            action="community.change_space",
            by=by,
            at=at,
            target=space,
            changes={"fields": sorted(changed)},
        )
    return space


@transaction.atomic
def archive_space(*, space_id: int, is_archived: bool, by: User, at: datetime) -> Space:
    """Close a space for writing, or open it again. What was said stays to be read."""
    space = Space.objects.select_for_update(of=("self",)).get(pk=space_id)
    if (space.archived_at is not None) == is_archived:
        return space
    space.archived_at = at if is_archived else None
    space.save(update_fields=["archived_at"])
    action = "community.archive_space" if is_archived else "community.reopen_space"
    audit.record(action=action, by=by, at=at, target=space)
    return space


@transaction.atomic
def join_space(*, space_id: int, by: User, at: datetime) -> SpaceMembership:
    """Join an open group or accept an invitation; of others ask to be let in.

    The caller has fetched the group through ``listed_for``. Twice is once.
    """
    space = Space.objects.select_for_update(of=("self",)).get(pk=space_id)
    mine = SpaceMembership.objects.filter(space=space, user=by).first()
    if space.archived_at is not None or space.kind != SpaceKind.GROUP:
        raise AlreadySettledError
    if mine is None and space.join_policy == JoinPolicy.INVITATION:
        raise AlreadySettledError
    may_enter = space.join_policy == JoinPolicy.OPEN or (mine and mine.state == _S.INVITED)
    if mine is not None and not may_enter:
        return mine
    state = _S.ACTIVE if may_enter else _S.REQUESTED
    mine = mine or SpaceMembership(space=space, user=by)
    if mine.state == state:
        return mine
    mine.state, mine.since = state, at
    mine.save()
    audit.record(
        action="community.join_space" if may_enter else "community.ask_to_join",
        by=by,
        at=at,
        target=space,
    )
    if state == _S.REQUESTED:
        notify(
            key=f"community.asks_to_join:{mine.pk}:{at:%Y%m%d%H%M%S}",
            kind="community.asks_to_join",
            to=moderators_of(space).values_list("pk", flat=True),
            url=reverse("community:members", kwargs={"slug": space.slug}),
            context={"who": str(by), "space": space.name},
            by=by,
            at=at,
        )
    return mine


@transaction.atomic
def answer_request(*, membership_id: int, is_welcome: bool, by: User, at: datetime) -> None:
    """Let somebody in who asked, or decline. Raises AlreadySettledError."""
    asked = (
        SpaceMembership.objects.select_for_update(of=("self",))
        .select_related("space")
        .filter(pk=membership_id, state=_S.REQUESTED)
        .first()
    )
    if asked is None:
        raise AlreadySettledError
    if is_welcome:
        asked.state, asked.since = _S.ACTIVE, at
        asked.save(update_fields=["state", "since"])
    audit.record(
        action="community.answer_request",
        by=by,
        at=at,
        target=asked.space,
        changes={"user": asked.user_id, "is_welcome": is_welcome},
    )
    _tell(asked, "community.let_in" if is_welcome else "community.not_let_in", by=by, at=at)
    if not is_welcome:
        asked.delete()


@transaction.atomic
def invite(*, space_id: int, user_id: int, by: User, at: datetime) -> SpaceMembership:
    """Invite a member into a group; who has asked already is let in."""
    space = Space.objects.select_for_update(of=("self",)).get(pk=space_id)
    mine, is_new = SpaceMembership.objects.get_or_create(
        space=space, user_id=user_id, defaults={"state": _S.INVITED, "since": at}
    )
    if mine.state == _S.REQUESTED:
        answer_request(membership_id=mine.pk, is_welcome=True, by=by, at=at)
    elif is_new:
        audit.record(
            action="community.invite_member",
            by=by,
            at=at,
            target=space,
            changes={"user": user_id},
        )
        _tell(mine, "community.invited", by=by, at=at)
    return mine


def _tell(membership: SpaceMembership, kind: str, *, by: User, at: datetime) -> None:
    notify(
        key=f"{kind}:{membership.pk}:{at:%Y%m%d%H%M%S}",
        kind=kind,
        to=[membership.user_id],
        url=reverse("community:home")
        if kind == "community.not_let_in"
        else membership.space.get_absolute_url(),
        context={"space": membership.space.name},
        by=by,
        at=at,
    )


@transaction.atomic
def leave_space(*, space_id: int, user_id: int, by: User, at: datetime) -> None:
    """Take somebody out of a group: themselves, or by an owner. Raises LastOwnerError."""
    space = Space.objects.select_for_update(of=("self",)).get(pk=space_id)
    _keep_an_owner(space, without=user_id)
    gone, _rows = SpaceMembership.objects.filter(space=space, user_id=user_id).delete()
    if gone:
        audit.record(
            action="community.leave_space" if by.pk == user_id else "community.remove_member",
            by=by,
            at=at,
            target=space,
            changes={} if by.pk == user_id else {"user": user_id},
        )


@transaction.atomic
def set_role(*, space_id: int, user_id: int, role: str, by: User, at: datetime) -> None:
    """Make a member an owner of the group, or an owner a member. Raises LastOwnerError."""
    space = Space.objects.select_for_update(of=("self",)).get(pk=space_id)
    if role != SpaceRole.OWNER:
        _keep_an_owner(space, without=user_id)
    SpaceMembership.objects.filter(space=space, user_id=user_id, state=_S.ACTIVE).update(
        role=SpaceRole(role)
    )
    audit.record(
        action="community.change_member",
        by=by,
        at=at,
        target=space,
        changes={"user": user_id, "role": role},
    )


def _keep_an_owner(space: Space, *, without: int) -> None:
    """Raise LastOwnerError where ``without`` is the only one who answers for the group."""
    owners = set(
        SpaceMembership.objects.filter(
            space=space, role=SpaceRole.OWNER, state=_S.ACTIVE
        ).values_list("user_id", flat=True)
    )
    if owners == {without}:
        raise LastOwnerError
