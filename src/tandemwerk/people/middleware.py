"""What happens around each request of somebody who is signed in, or was."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tandemwerk.core import clock

Handler = Callable[[HttpRequest], HttpResponse]

#: «Last seen» is written no more often than this, so that reading a page rarely writes.
SEEN_EVERY: Final = timedelta(minutes=10)
SEEN_KEY: Final = "seen_at"


def whole_page_for_sign_in(get_response: Handler) -> Handler:
    """Let a part of a page that needs signing in (again) lead the whole page there.

    htmx would follow the redirect and put the sign-in page into a corner of the old one.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_part = getattr(request, "htmx", False) and response.status_code in {301, 302, 303}
        if is_part and urlsplit(response["Location"]).path.startswith(_accounts()):
            whole = HttpResponse(status=204)
            whole["HX-Redirect"] = response["Location"]
            whole.cookies = response.cookies
            return whole
        return response

    return handle


def _accounts() -> str:
    return reverse("people:account")


def remember_session(get_response: Handler) -> Handler:
    """Note when somebody was last seen on this device, for their own list of devices."""

    def handle(request: HttpRequest) -> HttpResponse:
        # Without a cookie nobody is asked who they are, and caches may keep the answer.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = clock.now()
            seen_at = request.session.get(SEEN_KEY, 0)
            if now.timestamp() - seen_at >= SEEN_EVERY.total_seconds():
                request.session[SEEN_KEY] = now.timestamp()
                UserSession.objects.filter(session_key=request.session.session_key).update(
                    last_seen_at=now
                )
        return get_response(request)

    return handle
