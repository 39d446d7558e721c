"""The living page of the design system, the choice of appearance, and the pages of errors."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from tandemwerk.ui import styleguide as examples
from tandemwerk.ui.forms import AppearanceForm

YEAR: Final = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Remember light or dark and the contrast in cookies that hold nothing else."""
    chosen = {name: request.COOKIES.get(name, "auto") for name in ("theme", "contrast")}
    back = request.POST.get("next") or request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = ""
    form = AppearanceForm(request.POST if request.method == "POST" else None, initial=chosen)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "back": back}
        return TemplateResponse(request, "ui/appearance.html", context, status=status)
    messages.success(request, _("This is how you see the pages from now on."))
    response = redirect(back or request.path)
    for name, value in form.cleaned_data.items():
        if value == "auto":
            response.delete_cookie(name)
        else:
            secure = bool(settings.SESSION_COOKIE_SECURE)
            response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=secure)
    return response


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "ui/styleguide.html", examples.context(request))


@require_GET
def example_home(request: HttpRequest) -> HttpResponse:
    """Show a page of the website made of the parts."""
    return render(request, "ui/example_home.html", examples.home_context())


@require_GET
def example_start(request: HttpRequest) -> HttpResponse:
    """Show the start page of a role made of the parts."""
    return render(request, "ui/example_start.html", examples.start_context())


@require_GET
@cache_control(public=True, max_age=86_400)
def manifest(request: HttpRequest) -> HttpResponse:
    """Return what a phone needs to put the start page on its home screen."""
    icons = [
        {"src": static(f"ui/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    home = request.path.removesuffix("manifest.webmanifest")
    content = {
        "name": "Tandemwerk",
        "short_name": "Tandemwerk",
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "id": home,
        "start_url": home,
        "scope": "/",
        "display": "browser",
        "background_color": "#fbf8f3",
        "theme_color": "#fbf8f3",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer 403 to a form that came without our token."""
    return render(request, "403_csrf.html", status=403)
