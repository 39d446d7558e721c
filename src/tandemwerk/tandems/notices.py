"""What this room tells the teams of sites."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.messaging.notices import NoticeGroup, NoticeKind, Rhythm, register

register(
    NoticeGroup(
        name="tandems.across",
        label=_("Pairs with other sites"),
        description=_("Another site has handed somebody over to yours."),
        default=Rhythm.AT_ONCE,
        order=20,
    ),
    NoticeKind(
        name="tandems.handed_over",
        group="tandems.across",
        label=_("Somebody was handed over to your site"),
        sentence=_("%(site)s has handed somebody over to you. You can propose the pair now."),
        action=_("See the pair"),
        icon="people",
    ),
)
