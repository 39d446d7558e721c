"""Who speaks, as readers see it: a name and an organisation, or «a site in Bavaria»."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tandemwerk.community.enums import Anonymity, SpaceKind, Standing
from tandemwerk.community.models import Post, Space, Topic, standings_of
from tandemwerk.people.models import User
from tandemwerk.places import land_name
from tandemwerk.programme.models import Carrier, Membership, Site, memberships_of

#: A Land with fewer sites than this would say too much.
FEWEST_SITES: Final = 3


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """``place`` is whom they speak for; nobody is meant to find out who an unnamed one is."""

    name: str
    place: str = ""
    is_unnamed: bool = False
    user_id: int | None = None

    @property
    def initial(self) -> str:
        return "" if self.is_unnamed else self.name[:1].upper()


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """For whom somebody speaks."""

    site: Site | None = None
    carrier: Carrier | None = None


def organisation_of(user: User, space: Space) -> Organisation:
    """Return for whom ``user`` speaks in a space: there, the team that opens its walls."""
    teams = [each for each in memberships_of(user) if each.site_id or each.carrier_id]
    if space.kind == SpaceKind.CARRIER:
        teams = [each for each in teams if _carrier_of(each) == space.carrier_id]
    first = min(teams, key=lambda each: (each.carrier_id is None, each.pk), default=None)
    if first is None:
        return Organisation()
    if first.site is not None:
        return Organisation(site=first.site, carrier=first.site.carrier)
    return Organisation(carrier=first.carrier)


def _carrier_of(membership: Membership) -> int | None:
    return membership.carrier_id or (membership.site.carrier_id if membership.site else None)


def land_for_unnamed(organisation: Organisation, space: Space) -> str:
    """Return the Land that may stand beside an unnamed question, or nothing where it says who."""
    if organisation.site is None:
        return ""
    there = Site.objects.filter(land=organisation.site.land)
    if space.kind == SpaceKind.CARRIER:
        there = there.filter(carrier=space.carrier)
    return organisation.site.land if there.count() >= FEWEST_SITES else ""


def unnamed(topic: Topic) -> str:
    """Say who asked without a name: «a site in Bavaria»."""
    if topic.asked_from:
        return _("a site in %(land)s") % {"land": land_name(topic.asked_from)}
    return _("somebody who does not want to be named")


def speaker_of(post: Post) -> Speaker:
    """Return who says a post. Expects topic, author, site and carrier to be loaded."""
    if _is_unnamed(post):
        return Speaker(name=name_of(post), is_unnamed=True)
    place = _place(post.site, post.carrier)
    return Speaker(name=name_of(post), place=place, user_id=post.author_id)


def name_of(post: Post) -> str:
    """Return the name alone of who says a post. Expects topic and author to be loaded."""
    if _is_unnamed(post):
        return unnamed(post.topic)
    if post.author is None:
        return _("a former member")
    return str(post.author.name or _("a member"))


def _is_unnamed(post: Post) -> bool:
    return bool(post.is_asker and post.topic.anonymity != Anonymity.NAMED)


def speaker_of_topic(topic: Topic) -> Speaker:
    """Return who began a topic. Expects author, site and carrier to be loaded."""
    if topic.anonymity != Anonymity.NAMED:
        return Speaker(name=unnamed(topic), is_unnamed=True)
    if topic.author is None:
        return Speaker(name=_("a former member"), place=_place(topic.site, topic.carrier))
    return Speaker(
        name=str(topic.author.name or _("a member")),
        place=_place(topic.site, topic.carrier),
        user_id=topic.author_id,
    )


def _place(site: Site | None, carrier: Carrier | None) -> str:
    return str(site or carrier or "")


def official_name(users: Iterable[User]) -> str:
    """Say for whom an official answer stands: the ministry before the network office."""
    standings = {standing for user in users for standing in standings_of(user)}
    return _("ministry") if Standing.MINISTRY in standings else _("network office")
