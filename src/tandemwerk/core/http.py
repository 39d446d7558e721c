"""Answers that need care: pages that a secret link opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def link_page(view: View) -> View:
    """Make a page for those who come with a secret link and no account.

    Nobody keeps, indexes or passes on its address. It works without cookies: the link itself says
    who may, so that no other site can send the form in somebody's name. (A token in a cookie would
    lock out strict browsers, which under ``no-referrer`` send forms with the origin ``null``.)
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return csrf_exempt(wrapped)
