"""What the views of a tandem's life have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from tandemwerk.core.keys import keys_of
from tandemwerk.tandems.models import Tandem

GET_OR_POST = ["GET", "HEAD", "POST"]
PEOPLE = ("site__carrier", "volunteer__person", "newcomer__person")


def tandem_or_404(request: HttpRequest, pk: int) -> Tandem:
    """Return a tandem that the visitor may see, with its people."""
    visible = Tandem.objects.visible_to(request.user).select_related(*PEOPLE)
    return get_object_or_404(visible, pk=pk)


def chosen_keys(request: HttpRequest, name: str) -> list[int]:
    """Return the keys that the address names, and nothing that cannot be one."""
    return keys_of(request.GET.getlist(name))


def form_page(
    request: HttpRequest,
    tandem: Tandem,
    form: Any,
    *,
    title: str,
    template: str = "tandems/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form of a tandem; one that was sent and did not fit answers 422."""
    shown = {"tandem": tandem, "form": form, "title": title, **context}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, template, shown, status=status)
