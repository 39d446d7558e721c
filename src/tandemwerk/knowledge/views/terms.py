"""The vocabulary, for editors."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tandemwerk.core import clock
from tandemwerk.knowledge.errors import TermExistsError
from tandemwerk.knowledge.forms.readers import TermForm
from tandemwerk.knowledge.models import Term
from tandemwerk.knowledge.services import terms as services
from tandemwerk.knowledge.views.shared import GET_OR_POST
from tandemwerk.programme.access import check_perm


@login_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """List all words and how many articles have them."""
    check_perm(request, "knowledge.curate")
    counted = Term.objects.annotate(
        article_count=Count("articles", filter=Q(articles__live=True), distinct=True)
    )
    context = {"terms": list(counted.order_by("is_retired", "order", "slug"))}
    return TemplateResponse(request, "knowledge/terms.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def new(request: HttpRequest) -> HttpResponse:
    """Add a word."""
    user = check_perm(request, "knowledge.curate")
    form = TermForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.add_term(
                names=form.names(), order=form.cleaned_data["order"], by=user, at=clock.now()
            )
        except TermExistsError:
            form.add_error("de", _("There is a subject of that name already."))
        else:
            messages.success(request, _("The subject is there now."))
            return redirect("knowledge:terms")
    context = {"form": form, "title": _("New subject")}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "knowledge/term.html", context, status=status)


@login_required
@require_http_methods(GET_OR_POST)
def term(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a word."""
    user = check_perm(request, "knowledge.curate")
    found = get_object_or_404(Term, pk=pk)
    initial = {**found.names, "order": found.order, "is_retired": found.is_retired}
    form = TermForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        services.change_term(
            term_id=found.pk,
            names=form.names(),
            order=form.cleaned_data["order"],
            is_retired=form.cleaned_data["is_retired"],
            by=user,
            at=clock.now(),
        )
        messages.success(request, _("That is saved."))
        return redirect("knowledge:terms")
    context = {"form": form, "title": str(found)}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "knowledge/term.html", context, status=status)
