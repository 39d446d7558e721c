"""Teams: who is in, who is invited, and the page that an invitation leads to."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tandemwerk.core import clock
from tandemwerk.people.models import User
from tandemwerk.programme.enums import Role
from tandemwerk.programme.forms.teams import InviteForm, RoleForm
from tandemwerk.programme.models import Invitation, Membership, Place
from tandemwerk.programme.queries import teams
from tandemwerk.programme.services import (
    change_role,
    invite,
    remove_member,
    renew_invitation,
    revoke_invitation,
)
from tandemwerk.programme.services.invitations import AlreadyInvitedError, InvitationError
from tandemwerk.programme.services.teams import AlreadyMemberError, LastLeadError


def user_of(request: HttpRequest) -> User:
    """Return the account that is signed in; the view asks for signing in."""
    assert isinstance(request.user, User)  # noqa: S101 every view here does
    return request.user


def seen_place(request: HttpRequest, kind: str, slug: str) -> Place:
    """Return the place if the visitor may see its team, else 404."""
    place = teams.find_place(kind, slug, user_of(request))
    if place is None:
        raise Http404
    found: Place = place
    return found


def managed_place(request: HttpRequest, place: Place) -> Place:
    """Return the place if the visitor looks after its team, else 403."""
    if not user_of(request).has_perm("programme.manage_team", place):
        raise PermissionDenied
    return place


@login_required
@require_GET
def my_teams(request: HttpRequest) -> HttpResponse:
    """Show the places in whose teams one is; with a single one, show that."""
    places = teams.places_of(user_of(request))
    if len(places) == 1:
        return redirect(places[0].team_url)
    return TemplateResponse(request, "programme/my_teams.html", {"places": places})


@login_required
@require_GET
def team(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Show a team and, to those who look after it, open invitations and what can be changed."""
    place = seen_place(request, kind, slug)
    manages = user_of(request).has_perm("programme.manage_team", place)
    context = {
        "place": place,
        "kind": kind,
        "members": teams.members_of(place),
        "invitations": teams.open_invitations(place, at=clock.now()) if manages else [],
        "manages": manages,
        "settings_url": teams.settings_url(place),
    }
    return TemplateResponse(request, "programme/team.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def invite_member(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Ask somebody by mail to join a team."""
    place = managed_place(request, seen_place(request, kind, slug))
    form = InviteForm(request.POST if request.method == "POST" else None, place=place)
    if form.is_valid() and _invited(request, form, place):
        return redirect(teams.team_url(place))
    context = {"form": form, "place": place, "team_url": teams.team_url(place)}
    return TemplateResponse(
        request, "programme/invite.html", context, status=422 if form.is_bound else 200
    )


def _invited(request: HttpRequest, form: InviteForm, place: Place) -> bool:
    data = form.cleaned_data
    try:
        invite(
            place=place,
            mail=data["mail"],
            role=Role(data["role"]),
            language=data["language"],
            by=user_of(request),
            at=clock.now(),
        )
    except AlreadyMemberError:
        form.add_error("mail", _("This person has this role in the team already."))
    except AlreadyInvitedError:
        form.add_error(
            "mail", _("This address is invited already. You can send the invitation again.")
        )
    else:
        messages.success(request, _("The invitation is on its way."))
    return form.is_valid()


def _managed_invitation(request: HttpRequest, pk: int) -> Invitation:
    seen = Invitation.objects.visible_to(user_of(request))
    invitation = get_object_or_404(seen, pk=pk)
    managed_place(request, invitation.place)
    return invitation


@login_required
@require_POST
def invitation_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation again; the old link stops working."""
    invitation = _managed_invitation(request, pk)
    try:
        renew_invitation(invitation_id=pk, by=user_of(request), at=clock.now())
    except InvitationError:
        messages.info(request, _("This invitation is no longer open."))
    else:
        messages.success(request, _("The invitation is on its way again, with a new link."))
    return redirect(teams.team_url(invitation.place))


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _managed_invitation(request, pk)
    try:
        revoke_invitation(invitation_id=pk, by=user_of(request), at=clock.now())
    except InvitationError:
        messages.info(request, _("This invitation is no longer open."))
    else:
        messages.success(request, _("The invitation is taken back. Its link no longer works."))
    return redirect(teams.team_url(invitation.place))


def _managed_member(request: HttpRequest, pk: int) -> Membership:
    seen = Membership.objects.visible_to(user_of(request)).select_related("user")
    membership = get_object_or_404(seen, pk=pk)
    managed_place(request, membership.place)
    return membership


@login_required
@require_http_methods(["GET", "POST"])
def member_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    membership = _managed_member(request, pk)
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        place=membership.place,
        initial={"role": membership.role},
    )
    if form.is_valid() and _role_changed(request, form, membership):
        return redirect(teams.team_url(membership.place))
    return _member_page(request, "programme/member_role.html", membership, form=form)


def _role_changed(request: HttpRequest, form: RoleForm, membership: Membership) -> bool:
    try:
        change_role(
            membership_id=membership.pk,
            role=Role(form.cleaned_data["role"]),
            by=user_of(request),
            at=clock.now(),
        )
    except AlreadyMemberError:
        form.add_error("role", _("This person has this role in the team already."))
    except LastLeadError:
        form.add_error("role", last_lead_words())
    else:
        messages.success(request, _("Saved."))
    return form.is_valid()


@login_required
@require_http_methods(["GET", "POST"])
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member out of a team, after naming what that means."""
    membership = _managed_member(request, pk)
    if request.method == "GET":
        return _member_page(request, "programme/member_remove.html", membership)
    try:
        remove_member(membership_id=pk, by=user_of(request), at=clock.now())
    except LastLeadError:
        return _member_page(
            request, "programme/member_remove.html", membership, refusal=last_lead_words()
        )
    messages.success(request, _("Removed from the team."))
    if teams.find_place(teams.kind_of(membership.place), membership.place.slug, fresh(request)):
        return redirect(teams.team_url(membership.place))
    return redirect("programme:teams")


def fresh(request: HttpRequest) -> User:
    """Return the visitor's account as it is now, without what this request knew before."""
    return User.objects.get(pk=user_of(request).pk)


def last_lead_words() -> str:
    """Say why somebody has to stay."""
    return _(
        "Nobody else answers for this team. Please give this task to somebody else first, then "
        "try again."
    )


def _member_page(
    request: HttpRequest, template: str, membership: Membership, **context: Any
) -> HttpResponse:
    refused = bool(context.get("refusal")) or bool(context.get("form") and context["form"].is_bound)
    page = {
        "membership": membership,
        "place": membership.place,
        "team_url": teams.team_url(membership.place),
        "is_oneself": membership.user_id == request.user.pk,
        **context,
    }
    return TemplateResponse(request, template, page, status=422 if refused else 200)
