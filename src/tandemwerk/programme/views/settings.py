"""Carriers, sites and funding periods: lists and the pages on which they are changed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import RequestConfig

from tandemwerk.core import clock
from tandemwerk.people.models import User
from tandemwerk.programme.forms.filters import CarrierListFilter, SiteListFilter
from tandemwerk.programme.forms.settings import CarrierForm, FundingForm, SiteForm
from tandemwerk.programme.models import Carrier, FundingPeriod, Programme, Site
from tandemwerk.programme.queries.lists import with_carriers, with_figures
from tandemwerk.programme.queries.teams import team_url
from tandemwerk.programme.services import (
    change_carrier,
    change_site,
    create_carrier,
    create_site,
    set_funding_period,
)
from tandemwerk.programme.tables import CarrierTable, SiteTable
from tandemwerk.programme.views.teams import user_of

PER_PAGE = 25


def may(user: User, permission: str, record: models.Model | None = None) -> None:
    """Answer 403 unless ``user`` has the permission."""
    if not user.has_perm(permission, record):
        raise PermissionDenied


def posted(request: HttpRequest) -> Any:
    """Return what a form was sent with, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """Show a form; 422 when it was sent and refused."""
    status = 422 if form is not None and form.is_bound else 200
    return TemplateResponse(request, template, {"form": form, **context}, status=status)


def to_read_only(form: Any) -> None:
    """Let a form show what it holds without letting it be changed."""
    for field in form.fields.values():
        field.disabled = True


@login_required
@require_GET
def carriers(request: HttpRequest) -> HttpResponse:
    """List the carriers that the visitor may see."""
    user = user_of(request)
    may(user, "programme.view_carriers")
    rows = with_figures(Carrier.objects.visible_to(user), year=clock.today().year)
    narrowed = CarrierListFilter(request.GET, queryset=rows)
    table = CarrierTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "table": table,
        "filter": narrowed,
        "count": narrowed.qs.count(),
        "may_add": user.has_perm("programme.add_carrier"),
    }
    return TemplateResponse(request, "programme/carriers.html", context)


@login_required
@require_GET
def sites(request: HttpRequest) -> HttpResponse:
    """List the sites whose settings the visitor may see."""
    user = user_of(request)
    may(user, "programme.view_carriers")
    rows = with_carriers(Site.objects.visible_to(user))
    narrowed = SiteListFilter(request.GET, queryset=rows)
    table = SiteTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "table": table,
        "filter": narrowed,
        "count": narrowed.qs.count(),
    }
    return TemplateResponse(request, "programme/all_sites.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def site_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a site says of itself; who answers for it may change it."""
    user = user_of(request)
    seen = with_carriers(Site.objects.visible_to(user))
    site = get_object_or_404(seen, slug=slug)
    may_change = user.has_perm("programme.change_site", site)
    if request.method == "POST":
        may(user, "programme.change_site", site)
    form = SiteForm(posted(request), instance=get_object_or_404(seen, slug=slug))
    if not may_change:
        to_read_only(form)
    if form.is_valid():
        change_site(site_id=site.pk, by=user, at=clock.now(), **form.values())
        messages.success(request, _("Saved."))
        return redirect("programme:site_settings", slug=site.slug)
    return page(
        request,
        "programme/site_settings.html",
        form,
        site=site,
        may_change=may_change,
        team_url=team_url(site),
    )


@login_required
@require_http_methods(["GET", "POST"])
def site_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a site of a carrier."""
    user = user_of(request)
    carrier = get_object_or_404(Carrier.objects.visible_to(user), slug=slug)
    may(user, "programme.add_site", carrier)
    form = SiteForm(posted(request))
    if form.is_valid():
        site = create_site(carrier=carrier, by=user, at=clock.now(), **form.values())
        messages.success(request, _("The site is there. Now invite its team."))
        return redirect(team_url(site))
    return page(request, "programme/site_new.html", form, carrier=carrier)


@login_required
@require_http_methods(["GET", "POST"])
def carrier_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a carrier, its rhythm and its funding; who answers for it may change it."""
    user = user_of(request)
    seen = Carrier.objects.visible_to(user)
    carrier = get_object_or_404(seen, slug=slug)
    may_change = user.has_perm("programme.change_carrier", carrier)
    if request.method == "POST":
        may(user, "programme.change_carrier", carrier)
    form = CarrierForm(posted(request), instance=get_object_or_404(seen, slug=slug))
    if not may_change:
        to_read_only(form)
    if form.is_valid():
        change_carrier(carrier_id=carrier.pk, by=user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("programme:carrier_settings", slug=carrier.slug)
    return page(
        request,
        "programme/carrier_settings.html",
        form,
        carrier=carrier,
        may_change=may_change,
        may_set_funding=user.has_perm("programme.set_funding", carrier),
        may_add_site=user.has_perm("programme.add_site", carrier),
        periods=carrier.funding_periods.order_by("-year"),
        sites_count=carrier.sites.count(),
        team_url=team_url(carrier),
    )


@login_required
@require_http_methods(["GET", "POST"])
def carrier_new(request: HttpRequest) -> HttpResponse:
    """Take a carrier into the programme."""
    user = user_of(request)
    may(user, "programme.add_carrier")
    programme = Programme.objects.visible_to(user).order_by("pk").first()
    if programme is None:
        raise Http404
    form = CarrierForm(posted(request))
    if form.is_valid():
        carrier = create_carrier(programme=programme, by=user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("The carrier is there. Now invite its team."))
        return redirect(team_url(carrier))
    return page(request, "programme/carrier_new.html", form)


@login_required
@require_http_methods(["GET", "POST"])
def funding_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what a carrier has agreed for another year."""
    user = user_of(request)
    carrier = get_object_or_404(Carrier.objects.visible_to(user), slug=slug)
    may(user, "programme.set_funding", carrier)
    form = FundingForm(posted(request), carrier=carrier, initial={"year": clock.today().year})
    return _funding_page(request, form, carrier)


@login_required
@require_http_methods(["GET", "POST"])
def funding(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Change what a carrier has agreed for a year."""
    user = user_of(request)
    carrier = get_object_or_404(Carrier.objects.visible_to(user), slug=slug)
    may(user, "programme.set_funding", carrier)
    period = get_object_or_404(FundingPeriod, carrier=carrier, year=year)
    form = FundingForm(posted(request), carrier=carrier, instance=period)
    return _funding_page(request, form, carrier)


def _funding_page(request: HttpRequest, form: FundingForm, carrier: Carrier) -> HttpResponse:
    if not form.is_valid():
        return page(request, "programme/funding.html", form, carrier=carrier)
    set_funding_period(carrier=carrier, by=user_of(request), at=clock.now(), **form.values())
    messages.success(request, _("Saved."))
    return redirect("programme:carrier_settings", slug=carrier.slug)
