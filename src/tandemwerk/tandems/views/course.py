"""How it went on, quarter by quarter and group by group: of a site, and of a carrier's sites."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.core.sheets import FORMATS, download
from tandemwerk.core.suppression import SMALL
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.forms.course import CourseForm
from tandemwerk.tandems.queries.course import charts_of, course_of, lines_of, rows_of

HEAD: Final = (
    gettext_lazy("Group"),
    gettext_lazy("Quarter"),
    gettext_lazy("Came"),
    gettext_lazy("Of these with a tandem"),
    gettext_lazy("Half of them after (days)"),
)


@login_required
@require_safe
def site_course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the groups of a site fared."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    back = reverse("tandems:site_fairness", kwargs={"slug": slug})
    return _course(request, site, {"site": site, "fairness_url": back})


@login_required
@require_safe
def carrier_course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the same for the sites of a carrier together: figures, no person."""
    carrier = get_object_or_404(Carrier.objects.visible_to(request.user), slug=slug)
    check_perm(request, "tandems.view_terms", carrier)
    back = reverse("tandems:carrier_fairness", kwargs={"slug": slug})
    return _course(request, carrier, {"fairness_url": back})


def _course(request: HttpRequest, place: Site | Carrier, context: dict[str, Any]) -> HttpResponse:
    form, today = CourseForm(request.GET), clock.today()
    found = course_of(place, division=form.division, side=form.side, on=today)
    if (kind := request.GET.get("export")) in FORMATS and not form.errors:
        name = f"fairness-{place.slug}-{today:%Y-%m-%d}"
        title = _("Who came, who found a tandem?")
        return download(kind, name=name, title=title, head=HEAD, rows=rows_of(found))
    context |= {
        "form": form,
        "place": place,
        "lines": lines_of(found),
        "charts": charts_of(found),
        "is_language": found.division == "language",
        "small": SMALL,
    }
    return render(request, "tandems/course.html", context, status=422 if form.errors else 200)
