"""Pages behind a link that somebody got from us: nobody keeps, indexes or passes on the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def private_link(view: View) -> View:
    """Make ``view`` a page for whoever holds the link, without an account and without cookies.

    There is no token against forged requests because nothing could be forged: what counts is the
    link itself and no cookie. It also lets the page forbid the browser to name its address
    elsewhere, and work on phones that refuse cookies.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(wrapped))
