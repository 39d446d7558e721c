"""What is asked for by programs, and the address without a language."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from tandemwerk.core import clock

#: RFC 9116 recommends less than a year, so that somebody looks at it.
SECURITY_LASTS: Final = timedelta(days=180)
CLOSED: Final = ("/cms/", "/*/portal/", "/*/accounts/", "/documents/")


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Send to the start page in the visitor's language: chosen before, or the browser's."""
    with override(get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("wagtail_serve", args=[""]))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(_request: HttpRequest) -> HttpResponse:
    """Say to search engines what is for everybody."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {settings.BASE_URL}{reverse('machines:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86_400)
def security(_request: HttpRequest) -> HttpResponse:
    """Say to whom a hole is reported (RFC 9116). Nothing where nobody is named."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    expires = (clock.now() + SECURITY_LASTS).replace(microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.BASE_URL}{reverse('machines:security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead those who ask for the icon where it used to be."""
    return HttpResponseRedirect(static("ui/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def photo(request: HttpRequest, path: str) -> FileResponse | HttpResponse:
    """Return a photo in one of its sizes. What editors brought in itself stays in the house."""
    return serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
