"""Reading lists: own ones, shared ones, in an order of their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.core import clock
from tandemwerk.knowledge.errors import NameTakenError
from tandemwerk.knowledge.forms.readers import ListForm, PutOnListForm
from tandemwerk.knowledge.models import Article, ReadingList, ReadingListItem
from tandemwerk.knowledge.services import readers
from tandemwerk.knowledge.views.shared import GET_OR_POST, article_or_404, form_page
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm

MAX_SHARED = 200


def _list_or_404(request: HttpRequest, pk: int) -> ReadingList:
    visible = ReadingList.objects.visible_to(request.user).select_related("owner")
    found: ReadingList = get_object_or_404(visible, pk=pk)
    return found


@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Show the own lists and those that others share."""
    user = request.user
    visible = ReadingList.objects.visible_to(user).select_related("owner")
    counted = visible.annotate(size=Count("items"))
    context = {
        "own": counted.filter(owner=user.pk).order_by("name", "pk"),
        "shared": counted.exclude(owner=user.pk).order_by("name", "pk")[:MAX_SHARED],
    }
    return TemplateResponse(request, "knowledge/lists.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a list."""
    user = request.user
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and isinstance(user, User):
        try:
            made = readers.make_list(by=user, at=clock.now(), **form.cleaned_data)
        except NameTakenError:
            form.add_error("name", _("You have a list of that name already."))
        else:
            return redirect("knowledge:list", pk=made.pk)
    context = {"form": form, "title": _("New reading list")}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "knowledge/list_form.html", context, status=status)


@login_required
@require_safe
def reading_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a list: what the visitor may read of it, in its order."""
    found = _list_or_404(request, pk)
    readable = Article.objects.readable_by(request.user)
    items = found.items.filter(article__in=readable).select_related("article__locale")
    context = {
        "list": found,
        "items": items.order_by("position", "pk"),
        "hidden": found.items.count() - items.count(),
        "may_change": request.user.has_perm("knowledge.change_list", found),
    }
    return TemplateResponse(request, "knowledge/list.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a list is called and who sees it."""
    found = _list_or_404(request, pk)
    user = check_perm(request, "knowledge.change_list", found)
    initial = {"name": found.name, "about": found.about, "is_shared": found.is_shared}
    form = ListForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            readers.change_list(list_id=found.pk, by=user, at=clock.now(), **form.cleaned_data)
        except NameTakenError:
            form.add_error("name", _("You have a list of that name already."))
        else:
            messages.success(request, _("That is saved."))
            return redirect("knowledge:list", pk=pk)
    context = {"form": form, "title": _("Change the list"), "list": found}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "knowledge/list_form.html", context, status=status)


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a list; the articles stay."""
    found = _list_or_404(request, pk)
    user = check_perm(request, "knowledge.change_list", found)
    readers.delete_list(list_id=found.pk, by=user, at=clock.now())
    messages.success(request, _("The list is removed."))
    return redirect("knowledge:lists")


@login_required
@require_POST
def put(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an article on one of the own lists; the first one is made on the way."""
    article = article_or_404(request, slug)
    user = request.user
    if not isinstance(user, User):
        return redirect("knowledge:article", slug=slug)
    at = clock.now()
    if request.POST.get("reading_list") == "new":
        name = _("My reading list")
        chosen = ReadingList.objects.filter(owner=user, name=name).first()
        chosen = chosen or readers.make_list(name=name, about="", is_shared=False, by=user, at=at)
    else:
        form = PutOnListForm(request.POST, user=user, article=article)
        if not form.is_valid():
            return form_page(request, article, form, title=_("Put it on a list"))
        chosen = form.cleaned_data["reading_list"]
    readers.put_on_list(list_id=chosen.pk, article_id=article.pk, by=user, at=at)
    messages.success(request, _("It is on your list «%(list)s».") % {"list": chosen.name})
    return redirect("knowledge:article", slug=slug)


def _item_or_404(request: HttpRequest, pk: int, item: int) -> tuple[ReadingListItem, User]:
    found = _list_or_404(request, pk)
    user = check_perm(request, "knowledge.change_list", found)
    rows = found.items.select_related("reading_list")
    return get_object_or_404(rows, pk=item), user


@login_required
@require_POST
def move(request: HttpRequest, pk: int, item: int, way: str) -> HttpResponse:
    """Move an article of a list up or down."""
    found, user = _item_or_404(request, pk, item)
    readers.move_item(item=found, up=way == "up", by=user, at=clock.now())
    return redirect("knowledge:list", pk=pk)


@login_required
@require_POST
def take_off(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take an article off a list."""
    found, user = _item_or_404(request, pk, item)
    readers.take_off_list(item=found, by=user, at=clock.now())
    return redirect("knowledge:list", pk=pk)
