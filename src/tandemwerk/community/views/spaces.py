"""The home of the community, its spaces and who is in a working group."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.community.enums import (
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
    TopicKind,
)
from tandemwerk.community.errors import AlreadySettledError, LastOwnerError
from tandemwerk.community.forms.spaces import InviteForm, SpaceForm
from tandemwerk.community.models import Space, SpaceMembership
from tandemwerk.community.queries import spaces as queries
from tandemwerk.community.queries.topics import (
    interest_of,
    rows_of,
    terms_in_use,
    told,
    topic_list,
    wanted_from,
)
from tandemwerk.community.rules import group_role, is_member
from tandemwerk.community.services import spaces
from tandemwerk.community.views.shared import GET_OR_POST, member, space_or_404
from tandemwerk.core import clock
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show members what is new in their spaces; everybody else what the community is."""
    user = request.user
    if not isinstance(user, User) or not is_member(user):
        return TemplateResponse(request, "community/about.html", {})
    at = clock.now()
    lines = queries.my_spaces(user, at=at)
    latest = queries.latest([line.space for line in lines])
    topics = told([*latest.topics, *latest.unanswered])
    rows = {row.topic.pk: row for row in rows_of(list(topics.values()), user=user, at=at)}
    context = {
        "lines": lines,
        "latest": [rows[each] for each in latest.topics if each in rows],
        "unanswered": [rows[each] for each in latest.unanswered if each in rows],
        "groups": queries.joinable(user),
        "writable": next(
            (each.space for each in lines if user.has_perm("community.write_topic", each.space)),
            None,
        ),
        "may_add": user.has_perm("community.add_space"),
    }
    return TemplateResponse(request, "community/home.html", context)


@login_required
@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the topics of a space, or of a group how one gets into it."""
    user = member(request)
    found = Space.objects.visible_to(user).filter(slug=slug).select_related("carrier").first()
    if found is None:
        return _door(request, slug, user)
    at = clock.now()
    wanted = wanted_from(request.GET)
    listed = topic_list(
        found, wanted, request.GET.get("page"), user=user, at=at, today=clock.today()
    )
    context = {
        "space": found,
        "readers": queries.who_reads(found),
        "list": listed,
        "wanted": wanted,
        "kinds": TopicKind.choices,
        "terms": terms_in_use(),
        "role": group_role(user, found),
        "interest": interest_of(user, space=found),
        "may_write": user.has_perm("community.write_topic", found),
        "may_manage": user.has_perm("community.manage_space", found),
        "is_group": found.kind == SpaceKind.GROUP,
        "may_join": _may_join(found, user),
    }
    return TemplateResponse(request, "community/space.html", context)


def _may_join(found: Space, user: User) -> bool:
    return (
        found.kind == SpaceKind.GROUP
        and found.archived_at is None
        and not group_role(user, found)
        and found.join_policy == JoinPolicy.OPEN
    )


def _door(request: HttpRequest, slug: str, user: User) -> HttpResponse:
    """Show what a working group is for to those who may know of it and are not in it."""
    found = get_object_or_404(Space.objects.listed_for(user), slug=slug)
    mine = SpaceMembership.objects.filter(space=found, user=user).first()
    context = {
        "space": found,
        "state": mine.state if mine else "",
        "INVITED": SpaceMembershipState.INVITED.value,
        "REQUESTED": SpaceMembershipState.REQUESTED.value,
    }
    return TemplateResponse(request, "community/door.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def space_new(request: HttpRequest) -> HttpResponse:
    """Open a working group."""
    member(request)
    user = check_perm(request, "community.add_space")
    form = SpaceForm(
        request.POST if request.method == "POST" else None,
        initial={"join_policy": JoinPolicy.REQUEST, "reviews_first_posts": False},
    )
    if not form.is_valid():
        title = _("Open a working group")
        return _form_page(request, None, form, title)
    made = spaces.create_group(**form.cleaned_data, by=user, at=clock.now())
    messages.success(request, _("The working group is open. Now you can invite people."))
    return redirect("community:members", slug=made.slug)


@login_required
@require_http_methods(GET_OR_POST)
def space_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a space."""
    found = space_or_404(request, slug)
    user = check_perm(request, "community.manage_space", found)
    initial = {
        name: getattr(found, name)
        for name in ("name", "about", "join_policy", "reviews_first_posts")
    }
    form = SpaceForm(
        request.POST if request.method == "POST" else None, initial=initial, space=found
    )
    if not form.is_valid():
        return _form_page(request, found, form, _("Change this space"))
    spaces.change_space(space_id=found.pk, by=user, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("The changes are saved."))
    return redirect(found)


def _form_page(
    request: HttpRequest, found: Space | None, form: SpaceForm, title: str
) -> HttpResponse:
    context = {"space": found, "form": form, "title": title}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "community/space_form.html", context, status=status)


@login_required
@require_POST
def space_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a space for writing, or open it again."""
    found = space_or_404(request, slug)
    user = check_perm(request, "community.manage_space", found)
    is_archived = request.POST.get("to") != "open"
    spaces.archive_space(space_id=found.pk, is_archived=is_archived, by=user, at=clock.now())
    if is_archived:
        messages.success(
            request, _("The space is archived: everything can be read, nothing added.")
        )
    else:
        messages.success(request, _("The space is open again."))
    return redirect(found)


@login_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is in a working group; to its owners also who wants to get in."""
    found = _group_or_404(request, slug)
    return _members_page(request, found, InviteForm())


def _group_or_404(request: HttpRequest, slug: str) -> Space:
    found = space_or_404(request, slug)
    if found.kind != SpaceKind.GROUP:
        raise Http404
    return found


def _members_page(request: HttpRequest, found: Space, form: InviteForm) -> HttpResponse:
    user = member(request)
    by_state = queries.members_of(found)
    context = {
        "space": found,
        "members": by_state[SpaceMembershipState.ACTIVE],
        "asked": by_state[SpaceMembershipState.REQUESTED],
        "invited": by_state[SpaceMembershipState.INVITED],
        "may_manage": user.has_perm("community.manage_space", found),
        "form": form,
        "OWNER": SpaceRole.OWNER.value,
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "community/members.html", context, status=status)


@login_required
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite a member into a working group."""
    found = _group_or_404(request, slug)
    user = check_perm(request, "community.manage_space", found)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _members_page(request, found, form)
    spaces.invite(space_id=found.pk, user_id=form.cleaned_data["who"].pk, by=user, at=clock.now())
    messages.success(request, _("The invitation is on its way."))
    return redirect("community:members", slug=found.slug)


@login_required
@require_POST
def answer_request(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let somebody in, or decline."""
    found = _group_or_404(request, slug)
    user = check_perm(request, "community.manage_space", found)
    asked = get_object_or_404(SpaceMembership, pk=pk, space=found)
    try:
        spaces.answer_request(
            membership_id=asked.pk,
            is_welcome=request.POST.get("answer") == "yes",
            by=user,
            at=clock.now(),
        )
    except AlreadySettledError:
        messages.warning(request, _("Somebody else has answered meanwhile."))
    else:
        messages.success(request, _("Your answer is on its way."))
    return redirect("community:members", slug=found.slug)


@login_required
@require_POST
def change_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make a member an owner, an owner a member, or take somebody out."""
    found = _group_or_404(request, slug)
    user = check_perm(request, "community.manage_space", found)
    mine = get_object_or_404(SpaceMembership, pk=pk, space=found)
    to = request.POST.get("to", "")
    try:
        if to == "out":
            spaces.leave_space(space_id=found.pk, user_id=mine.user_id, by=user, at=clock.now())
        elif to in SpaceRole.values:
            spaces.set_role(
                space_id=found.pk, user_id=mine.user_id, role=to, by=user, at=clock.now()
            )
    except LastOwnerError:
        messages.warning(request, _("A working group needs at least one owner."))
    else:
        messages.success(request, _("The changes are saved."))
    return redirect("community:members", slug=found.slug)


@login_required
@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Join a working group, accept an invitation or ask to be let in."""
    user = member(request)
    found = get_object_or_404(Space.objects.listed_for(user), slug=slug, kind=SpaceKind.GROUP)
    try:
        mine = spaces.join_space(space_id=found.pk, by=user, at=clock.now())
    except AlreadySettledError:
        messages.warning(request, _("One cannot join this working group at the moment."))
        return redirect("community:home")
    if mine.state == SpaceMembershipState.ACTIVE:
        messages.success(request, _("You are in. Welcome!"))
    else:
        messages.success(request, _("We have asked the owners. You get a message."))
    return redirect(found)


@login_required
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a working group, take a request back or decline an invitation."""
    user = member(request)
    found = get_object_or_404(Space.objects.listed_for(user), slug=slug, kind=SpaceKind.GROUP)
    try:
        spaces.leave_space(space_id=found.pk, user_id=user.pk, by=user, at=clock.now())
    except LastOwnerError:
        messages.warning(
            request, _("You are the only owner. Please make somebody else an owner first.")
        )
        return redirect("community:members", slug=found.slug)
    messages.success(request, _("You are no longer in «%(space)s».") % {"space": found.name})
    return redirect("community:home")
