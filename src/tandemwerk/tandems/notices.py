"""What this room tells the teams of sites."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.messaging.notices import NoticeGroup, NoticeKind, Rhythm, register

_GROUP = "tandems.across"

register(
    NoticeGroup(
        name=_GROUP,
        label=_("Pairs with other sites"),
        description=_("Another site asks about a pair, answers you, or hands somebody over."),
        default=Rhythm.AT_ONCE,
        order=20,
    ),
    NoticeKind(
        name="tandems.asked",
        group=_GROUP,
        label=_("Another site asks about a pair"),
        sentence=_("%(site)s asks about a pair with one of your people."),
        action=_("Answer"),
        icon="people",
    ),
    NoticeKind(
        name="tandems.agreed",
        group=_GROUP,
        label=_("Another site said yes to a pair"),
        sentence=_("%(site)s said yes to a pair. You see both names now."),
        action=_("See the pair"),
        icon="people",
    ),
    NoticeKind(
        name="tandems.refused",
        group=_GROUP,
        label=_("Another site said no to a pair"),
        sentence=_("The other site said no to a pair. It will not be offered again."),
        action=_("See the pair"),
        icon="people",
    ),
    NoticeKind(
        name="tandems.handed_over",
        group=_GROUP,
        label=_("Somebody was handed over to your site"),
        sentence=_("%(site)s has handed somebody over to you. You can propose the pair now."),
        action=_("See the pair"),
        icon="people",
    ),
)
