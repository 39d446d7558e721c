"""The door of the editors' area: who enters, in which language, and what a browser may do there."""

from collections.abc import Callable
from typing import Any, Final

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from tandemwerk.core import clock
from tandemwerk.people.models import User
from tandemwerk.website.services.editors import sync_editor

CMS: Final = "/cms/"
#: Wagtail's editor writes small scripts and styles into its pages, and shows previews in a frame.
#: Still nothing from another host, no plugin, no eval, and no frame around us elsewhere.
POLICY: Final[dict[str, list[Any]]] = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}


class CmsMiddleware:
    """Lets editors and administrators into ``/cms/`` and nobody else.

    Visitors without a sign-in are sent to it by Wagtail itself, and a missing second factor is
    asked for before this. All others get 403 here: Wagtail would send them around in a circle.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(CMS):
            return self.get_response(request)
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        if not (sync_editor(user=user, at=clock.now()) or user.is_superuser):
            raise PermissionDenied
        with translation.override(user.language):
            response = self.get_response(request)
        response["X-Frame-Options"] = "SAMEORIGIN"
        response._csp_replace = POLICY  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's way
        return response
