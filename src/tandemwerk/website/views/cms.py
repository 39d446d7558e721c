"""Doors of Wagtail's admin that lead elsewhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect


def account(_request: HttpRequest) -> HttpResponse:
    """Lead to the one page where everybody looks after their account."""
    return redirect("people:account")


def closed(_request: HttpRequest, *_args: str, **_kwargs: str) -> HttpResponse:
    """Accounts and roles are given elsewhere: by invitation, in teams."""
    raise Http404
