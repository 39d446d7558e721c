"""What was counted or drawn once and is still true: kept in the memory of the process."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from threading import Lock, RLock
from time import time
from typing import Any, Final, TypeVar
from weakref import WeakValueDictionary

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from tandemwerk.core.navigation import counts_for

T = TypeVar("T")
View = Callable[..., HttpResponse]

_DAY_SECONDS: Final = 24 * 3600
#: A page for strangers may be so old: as old as one that stands open in a browser.
PAGE_SECONDS: Final = 60
#: Somebody is told something, once.
_MESSAGES: Final = "messages"
#: Who has one of these gets a page of their own: an account, or words for them alone.
_OWN: Final = frozenset({settings.SESSION_COOKIE_NAME, _MESSAGES})
#: When this session last sent something: after that, everything is drawn anew.
_ACTED: Final = "acted_at"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
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
        return _drawn_once(request, "", lambda: view(request, *args, **kwargs), _is_for_all)

    return wrapped


def own_page(request: HttpRequest, version: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """Draw a page once for one account, as long as ``version`` is the same, a minute at most.

    Whoever may not see the page must have been sent away before. After something was sent from
    this session, or with something to tell, the page is drawn anew.
    """
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    is_told = _MESSAGES in request.COOKIES or "_messages" in request.session
    if request.method != "GET" or is_told:
        return draw()
    counts = counts_for(request)
    mine = (request.user.pk, token, request.session.get(_ACTED), counts, version)
    return _drawn_once(request, mine, draw, _is_finished if token else _is_for_all)


def remember_acting(get_response: Callable[[HttpRequest], HttpResponse]) -> View:
    """Middleware: note in the session of somebody signed in that it sent something."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in _SAFE and request.user.is_authenticated:
            request.session[_ACTED] = time()
        return get_response(request)

    return handle


def _drawn_once(
    request: HttpRequest,
    whose: object,
    draw: Callable[[], HttpResponse],
    may_be_kept: Callable[[HttpResponse], bool],
) -> HttpResponse:
    look = [request.COOKIES.get(name, "") for name in _LOOKS]
    htmx = sorted((k, v) for k, v in request.headers.items() if k.startswith("Hx-"))
    key = _short(repr((whose, request.get_full_path(), get_language(), look, htmx)))
    nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # django-csp adds it
    kept = caches["pages"].get(key)
    if kept is None:
        response = draw()
        if hasattr(response, "render"):
            response.render()
        if may_be_kept(response):
            kept = (response.content, dict(response.headers), nonce.encode())
            caches["pages"].set(key, kept, PAGE_SECONDS)
        return response
    content, headers, old = kept
    return HttpResponse(content.replace(old, nonce.encode()), headers=headers)


def _is_finished(response: HttpResponse) -> bool:
    return response.status_code == HTTPStatus.OK and not response.cookies and not response.streaming


def _is_for_all(response: HttpResponse) -> bool:
    return _is_finished(response) and _TOKEN not in response.content
