"""The contact page's form."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tandemwerk.core import clock
from tandemwerk.programme.models import Site
from tandemwerk.website.forms import ContactForm
from tandemwerk.website.models import ContactPage
from tandemwerk.website.promise import answer_by
from tandemwerk.website.services.contact import TooManyError, send_letter

SENT = "sent"


def contact(request: HttpRequest, page: ContactPage) -> HttpResponse:
    """Show the contact page; send what was written and say by when there is an answer."""
    if request.method != "POST":
        return _show(request, page, _begun(request))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _show(request, page, form, status=422)
    if not form.is_from_a_machine:
        try:
            send_letter(
                letter=form.letter(language=get_language() or "de"),
                office_mail=page.mail,
                sent_from=get_adapter().get_client_ip(request),
                at=clock.now(),
            )
        except TooManyError:
            form.add_error(None, _("Too many messages came from here within an hour. Please call."))
            return _show(request, page, form, status=429)
    return redirect(f"{page.get_url(request)}?{SENT}")


def _begun(request: HttpRequest) -> ContactForm:
    """Return the form as a link to it began it: topic and site."""
    return ContactForm(
        initial={"topic": request.GET.get("topic", ""), "site": request.GET.get("site", "")}
    )


def _show(
    request: HttpRequest, page: ContactPage, form: ContactForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = page.get_context(request)
    slug = str(form["site"].value() or "").replace("\x00", "")
    context |= {
        "form": form,
        "site": Site.objects.public().filter(slug=slug).first() if slug else None,
        "is_sent": SENT in request.GET,
        "answer_by": answer_by(clock.today()),
    }
    return TemplateResponse(request, "website/contact_page.html", context, status=status)
