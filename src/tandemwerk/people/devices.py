"""What kind of device somebody is signed in on, in words they know it by."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

#: What a browser calls itself -> its name; the first that fits counts, as many claim to be others.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
PHONES: Final = frozenset({"iPhone", "Android"})


@dataclass(frozen=True, kw_only=True)
class Device:
    """A browser on a system; ``icon`` is a name of the icon sprite."""

    name: str
    icon: str


def device_of(user_agent: str) -> Device:
    """Return what a browser says it is. Nothing depends on its being true."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    icon = "phone" if system in PHONES else "globe"
    if browser and system:
        name = _("{browser} on {system}").format(browser=browser, system=system)
        return Device(name=name, icon=icon)
    return Device(name=browser or system or _("Unknown device"), icon=icon)
