"""The public menus. Pages of the editors are named by the addresses that ``make_website`` gives."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.core.navigation import NavItem, add

add(
    NavItem(
        label=_("Home"), url_name="wagtail_serve", args=("",), icon="house", area="public", order=10
    ),
    NavItem(
        label=_("How it works"),
        url_name="wagtail_serve",
        args=("how-it-works/",),
        icon="puzzle",
        area="public",
        order=20,
    ),
    NavItem(
        label=pgettext_lazy("tandem", "Sites"),
        url_name="programme:sites",
        icon="geo-alt",
        area="public",
        order=30,
    ),
    NavItem(
        label=_("Take part"),
        url_name="website:join",
        icon="person-plus",
        area="public",
        order=40,
    ),
    NavItem(
        label=pgettext_lazy("menu", "Contact"),
        url_name="wagtail_serve",
        args=("contact/",),
        icon="envelope",
        area="public",
        order=50,
    ),
    NavItem(
        label=_("Imprint"),
        url_name="wagtail_serve",
        args=("imprint/",),
        icon="info-circle",
        area="footer",
        order=10,
    ),
    NavItem(
        label=pgettext_lazy("menu", "Privacy"),
        url_name="wagtail_serve",
        args=("privacy/",),
        icon="shield-lock",
        area="footer",
        order=20,
    ),
    NavItem(
        label=_("Accessibility"),
        url_name="wagtail_serve",
        args=("accessibility/",),
        icon="universal-access",
        area="footer",
        order=30,
    ),
    NavItem(
        label=_("Plain language"),
        url_name="wagtail_serve",
        args=("plain-language/",),
        icon="book",
        area="footer",
        order=40,
    ),
    NavItem(
        label=_("How these pages are built"),
        url_name="ui:styleguide",
        icon="grid",
        area="footer",
        order=50,
    ),
)
