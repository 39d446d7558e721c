"""The directory: people, sites and carriers; one's own entry with what others see of it."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tandemwerk.community.forms.directory import DirectoryFilter, ProfileForm
from tandemwerk.community.models import Profile
from tandemwerk.community.queries import directory
from tandemwerk.community.services.directory import FIELDS, save_profile
from tandemwerk.community.views.acting import GET_OR_POST, member_of
from tandemwerk.core import clock
from tandemwerk.core.kept import own_page
from tandemwerk.people.models import User
from tandemwerk.programme.queries.version import version_for
from tandemwerk.ui.parts import Tab

PER_PAGE: Final = 20
KINDS: Final = ("people", "site", "carrier")


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show who knows what: people, or the sites and carriers they work for."""
    user = member_of(request)
    version = version_for(user, (), at=clock.now())
    return own_page(request, version, lambda: _page(request, user))


def _page(request: HttpRequest, user: User) -> HttpResponse:
    kind = request.GET.get("of", "people")
    if kind not in KINDS:
        kind = "people"
    rows = directory.listed(user).select_related("user").order_by("user__name", "pk")
    found = DirectoryFilter(request.GET, queryset=rows, request=request)
    everything: Any = found.qs if kind == "people" else directory.place_lines(found.qs, of=kind)
    page = Paginator(everything, PER_PAGE).get_page(request.GET.get("page"))
    lines = directory.person_lines(list(page), reader=user) if kind == "people" else list(page)
    context = {
        "filter": found,
        "page": page,
        "lines": lines,
        "kind": kind,
        "count": page.paginator.count,
        "tabs": _tabs(request, kind),
        "mine": Profile.objects.filter(user=user).first(),
    }
    return TemplateResponse(request, "community/people/list.html", context)


def _tabs(request: HttpRequest, kind: str) -> list[Tab]:
    labels = {"people": _("People"), "site": _("Sites"), "carrier": _("Carriers")}
    tabs = []
    for name, label in labels.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["of"] = name
        tabs.append(Tab(label=label, url=f"?{query.urlencode()}", is_current=name == kind))
    return tabs


@login_required
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one member: what they say, what they have answered, and the way to ask them."""
    visible = Profile.objects.visible_to(request.user).select_related("user")
    profile = get_object_or_404(visible, user=pk)
    user = member_of(request)
    context = {
        "line": directory.person_lines([profile], reader=user)[0],
        "topics": directory.given_answers(profile.user, reader=user),
        "is_mine": profile.user_id == user.pk,
        "profile": profile,
    }
    return TemplateResponse(request, "community/people/person.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Write one's own entry, and see what others see."""
    user = member_of(request)
    profile = Profile.objects.filter(user=user).first()
    form = ProfileForm(
        request.POST if request.method == "POST" else None, initial=_initial(profile, user)
    )
    if form.is_valid():
        data = form.cleaned_data
        saved = save_profile(
            by=user,
            at=clock.now(),
            expertise=data["expertise"],
            languages=data["languages"],
            **{name: data[name] for name in FIELDS},
        )
        messages.success(
            request,
            _("Saved. All members can find you now.")
            if saved.is_listed
            else _("Saved. Nobody but you sees it."),
        )
        return redirect("community:person", pk=user.pk)
    line = directory.person_lines([profile], reader=user)[0] if profile else None
    context = {"form": form, "line": line, "profile": profile}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "community/people/edit.html", context, status=status)


def _initial(profile: Profile | None, user: User) -> dict[str, Any]:
    if profile is None:
        return {"takes_questions": True, "languages": [user.language]}
    shown: dict[str, Any] = {name: getattr(profile, name) for name in FIELDS}
    return shown | {
        "expertise": list(profile.expertise.all()),
        "languages": profile.languages,
    }
