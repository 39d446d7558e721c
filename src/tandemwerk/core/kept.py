"""What was counted or drawn once and is still true: kept in the memory of the process."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from threading import Lock, RLock
from typing import Any, Final, TypeVar
from weakref import WeakValueDictionary

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

T = TypeVar("T")
View = Callable[..., HttpResponse]

_DAY_SECONDS: Final = 24 * 3600
#: A page for strangers may be so old: as old as one that stands open in a browser.
PAGE_SECONDS: Final = 60
#: Who has one of these gets a page of their own: an account, or words for them alone.
_OWN: Final = frozenset({settings.SESSION_COOKIE_NAME, "messages"})
#: Cookies that change how a page looks.
_LOOKS: Final = ("theme", "contrast")
#: A page with a form of its own belongs to whoever asked for it.
_TOKEN: Final = b"csrfmiddlewaretoken"
#: Who makes something holds its lock; others who want the same wait, and nobody else does.
_building: Final[WeakValueDictionary[str, Any]] = WeakValueDictionary()
_looking: Final = Lock()


def keep(key: str, make: Callable[[], T], *, seconds: int = _DAY_SECONDS) -> T:
    """Return what is kept under ``key``; of several who miss it only one makes it.

    The key holds the version of what it is made from; nothing that is kept is ever changed.
    """
    cache, key = caches["memory"], _short(key)
    found: T | None = cache.get(key)
    if found is None:
        with _looking:
            lock = _building.setdefault(key, RLock())
        with lock:
            found = cache.get(key)
            if found is None:
                found = make()
                cache.set(key, found, seconds)
    return found


def _short(key: str) -> str:
    return blake2b(key.encode(), digest_size=20).hexdigest()


def public_page(view: View) -> View:
    """Draw a page once a minute for all who are not signed in.

    Everybody else, and whoever sends something, gets it drawn for them. Each answer has the nonce
    of its own content security policy.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or not _OWN.isdisjoint(request.COOKIES):
            return view(request, *args, **kwargs)
        look = [request.COOKIES.get(name, "") for name in _LOOKS]
        htmx = sorted((k, v) for k, v in request.headers.items() if k.startswith("Hx-"))
        key = _short(repr((request.get_full_path(), get_language(), look, htmx)))
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # django-csp adds it
        kept = caches["pages"].get(key)
        if kept is None:
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            if _may_be_kept(response):
                kept = (response.content, dict(response.headers), nonce.encode())
                caches["pages"].set(key, kept, PAGE_SECONDS)
            return response
        content, headers, old = kept
        return HttpResponse(content.replace(old, nonce.encode()), headers=headers)

    return wrapped


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == HTTPStatus.OK
        and not response.cookies
        and not response.streaming
        and _TOKEN not in response.content
    )
