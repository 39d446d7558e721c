"""A list of people comes in: upload, look through, take, hand back, undo."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.intake import services, tasks
from tandemwerk.intake.enums import ImportState, RowState
from tandemwerk.intake.forms.imports import SheetForm, TakeForm, UndoForm, UploadForm
from tandemwerk.intake.import_words import PROBLEMS
from tandemwerk.intake.models import ImportBatch, ImportRow
from tandemwerk.intake.queries import imports as queries
from tandemwerk.intake.reading import FileProblem, Mapping, UnreadableFileError, read_workbook
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.ui.parts import Tab

GET_OR_POST = ["GET", "HEAD", "POST"]
#: Lists of so few bytes and rows are read and taken while one waits.
BYTES_AT_ONCE: Final = 200 * 1024
ROWS_AT_ONCE: Final = 300
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EARLIER: Final = 10
STEPS: Final = (
    gettext_lazy("Bring the list"),
    gettext_lazy("Look through the rows"),
    gettext_lazy("Take the people in"),
)
#: Work that gave no sign for so long was interrupted.
PATIENCE: Final = timedelta(minutes=2)


@login_required
@require_http_methods(GET_OR_POST)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a list, and show the ones that came before."""
    site = site_or_404(request, slug)
    user = check_perm(request, "intake.import_people", site)
    bound = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if bound else UploadForm()
    if form.is_valid() and (data := _readable(form)) is not None:
        batch = services.upload_list(
            site=site,
            data=data,
            filename=form.cleaned_data["file"].name,
            by=user,
            at=clock.now(),
        )
        _read(batch, is_small=len(data) <= BYTES_AT_ONCE)
        return redirect("intake:import", pk=batch.pk)
    earlier = ImportBatch.objects.visible_to(user).filter(site=site).order_by("-created_at", "-pk")
    context = {"form": form, "site": site, "earlier": earlier[:_EARLIER], "steps": STEPS}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "intake/import_new.html", context, status=status)


def _readable(form: UploadForm) -> bytes | None:
    """Return the file's bytes; a short file that cannot be read is refused at once."""
    file: UploadedFile[Any] = form.cleaned_data["file"]
    data: bytes = file.read()
    if len(data) > BYTES_AT_ONCE:
        return data
    try:
        read_workbook(data, file.name or "")
    except UnreadableFileError as error:
        form.refuse(error.code)
        return None
    return data


def _read(batch: ImportBatch, *, is_small: bool) -> None:
    """Read a short list now, and leave a long one to the worker."""
    if is_small and services.read_list(import_id=batch.pk, at=clock.now(), at_most=ROWS_AT_ONCE):
        return
    tasks.read_list.enqueue(batch.pk)


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an import in whatever state it is."""
    batch = _import_or_404(request, pk)
    check_perm(request, "intake.import_people", batch)
    return _page(request, batch, TakeForm(initial={"consents": []}))


def _page(
    request: HttpRequest, batch: ImportBatch, form: TakeForm, changed: SheetForm | None = None
) -> HttpResponse:
    """Answer with the page of an import; ``changed`` is a rejected correction of a sheet."""
    step = {ImportState.UPLOADED: 1, ImportState.REVIEW: 2}.get(ImportState(batch.state), 3)
    context: dict[str, Any] = {"batch": batch, "site": batch.site, "form": form, "step": step}
    context["steps"] = STEPS
    if batch.state == ImportState.FAILED:
        context["problem"] = PROBLEMS[FileProblem(batch.problem)] if batch.problem else None
    elif batch.state in {ImportState.UPLOADED, ImportState.TAKING}:
        context["is_stuck"] = clock.now() - batch.moved_at > PATIENCE
    elif batch.state in {ImportState.REVIEW, ImportState.TAKEN, ImportState.UNDONE}:
        context |= _rows_context(request, batch)
    if batch.state == ImportState.REVIEW:
        context["sheets"] = _sheets_context(batch, changed)
    status = 422 if form.is_bound or changed is not None else 200
    return TemplateResponse(request, "intake/import.html", context, status=status)


def _rows_context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    counts = queries.counts_of(batch)
    wanted = request.GET.get("show", "")
    if wanted not in RowState.values:
        order = (RowState.WRONG, RowState.DUPLICATE, RowState.CLEAN, RowState.SKIPPED)
        wanted = next((state.value for state in order if counts.of(state)), RowState.CLEAN.value)
    page = queries.page_of_rows(batch, wanted, request.GET.get("page"))
    here = reverse("intake:import", args=[batch.pk])
    labels = {
        RowState.CLEAN: _("Ready"),
        RowState.WRONG: _("To correct"),
        RowState.DUPLICATE: _("There already"),
        RowState.SKIPPED: _("Left out"),
    }
    tabs = [
        Tab(
            label=label,
            url=f"{here}?show={state.value}#rows",
            is_current=state == wanted,
            count=counts.of(state),
        )
        for state, label in labels.items()
        if batch.state == ImportState.REVIEW or state in {RowState.WRONG, RowState.DUPLICATE}
    ]
    return {
        "counts": counts,
        "tabs": tabs,
        "show": wanted,
        "page": page,
        "rows": queries.show_rows(page.object_list),
    }


def _sheets_context(batch: ImportBatch, changed: SheetForm | None) -> list[dict[str, Any]]:
    sheets = list(batch.sheets.order_by("position"))
    shown = []
    for sheet in sheets:
        form = SheetForm(sheet=sheet)
        if changed is not None and changed.prefix == form.prefix:
            form = changed
        mapping = Mapping.from_json(sheet.mapping)
        columns = list(zip(form.column_fields(), sheet.samples, strict=False))
        shown.append(
            {
                "sheet": sheet,
                "form": form,
                "columns": columns,
                "missing": mapping.missing if sheet.is_chosen else (),
                "is_open": form.is_bound,
            }
        )
    return shown


@login_required
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with how far it is; when it is done, the page loads itself again."""
    batch = _import_or_404(request, pk)
    check_perm(request, "intake.import_people", batch)
    if batch.state not in {ImportState.UPLOADED, ImportState.TAKING}:
        return HttpResponseClientRefresh()
    return TemplateResponse(request, "intake/import_progress.html", {"batch": batch})


@login_required
@require_POST
def correct(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """Correct how a sheet is read, and read it again."""
    batch = _import_or_404(request, pk)
    user = check_perm(request, "intake.import_people", batch)
    found = get_object_or_404(batch.sheets, position=sheet)
    form = SheetForm(request.POST, sheet=found)
    if not form.is_valid():
        return _page(request, batch, TakeForm(), changed=form)
    try:
        corrected = services.correct_sheet(
            sheet_id=found.pk,
            columns=form.columns(),
            side=form.chosen_side(),
            header_row=form.cleaned_data["header_row"],
            is_chosen=form.cleaned_data["is_chosen"],
            by=user,
            at=clock.now(),
        )
    except IllegalMoveError:
        messages.warning(request, _("Somebody else changed this in the meantime."))
    else:
        _read(corrected, is_small=corrected.file.size <= BYTES_AT_ONCE)
    return redirect("intake:import", pk=batch.pk)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say that a row which looks like somebody is somebody else, or take that back."""
    batch = _import_or_404(request, pk)
    user = check_perm(request, "intake.import_people", batch)
    found = get_object_or_404(ImportRow, pk=row, sheet__batch=batch)
    is_somebody_else = request.POST.get("is_somebody_else") == "1"
    services.confirm_row(
        row_id=found.pk, is_somebody_else=is_somebody_else, by=user, at=clock.now()
    )
    state = RowState.DUPLICATE if is_somebody_else else RowState.CLEAN
    return redirect(reverse("intake:import", args=[batch.pk]) + f"?show={state.value}#rows")


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the clean rows: a few now, many by the worker."""
    batch = _import_or_404(request, pk)
    user = check_perm(request, "intake.import_people", batch)
    form = TakeForm(request.POST)
    if batch.state == ImportState.REVIEW and not form.is_valid():
        return _page(request, batch, form)
    try:
        if batch.state != ImportState.TAKING:  # else it was interrupted and goes on
            batch = _start(batch, form.cleaned_data.get("consents", []), user)
    except IllegalMoveError:
        messages.warning(request, _("Somebody else changed this in the meantime."))
        return redirect("intake:import", pk=batch.pk)
    if batch.total <= ROWS_AT_ONCE:
        services.take_rows(import_id=batch.pk, at=clock.now())
    return redirect("intake:import", pk=batch.pk)


@transaction.atomic
def _start(batch: ImportBatch, consents: list[ConsentPurpose], user: User) -> ImportBatch:
    """Start taking; long lists are handed to the worker in the same transaction."""
    started = services.start_taking(import_id=batch.pk, consents=consents, by=user, at=clock.now())
    if started.total > ROWS_AT_ONCE:
        tasks.take_rows.enqueue(batch.pk)
    return started


@login_required
@require_safe
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand back what is not taken, with the reason beside each cell."""
    batch = _import_or_404(request, pk)
    check_perm(request, "intake.import_people", batch)
    content = queries.hand_back(batch, right_to_left=get_language_bidi())
    response = HttpResponse(content, content_type=_SPREADSHEET)
    response["Content-Disposition"] = f'attachment; filename="to-correct-{batch.pk}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_http_methods(GET_OR_POST)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an import, after naming who goes and who stays."""
    batch = _import_or_404(request, pk)
    user = check_perm(request, "intake.import_people", batch)
    if batch.state != ImportState.TAKEN:
        return redirect("intake:import", pk=batch.pk)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _undone(request, batch, user)
    staying = services.held_participations(batch.people.select_related("person"))
    held = list(staying.order_by("person__family_name", "pk"))
    context = {
        "batch": batch,
        "site": batch.site,
        "form": form,
        "held": held,
        "going": batch.people.count() - len(held),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "intake/import_undo.html", context, status=status)


def _undone(request: HttpRequest, batch: ImportBatch, user: User) -> HttpResponse:
    try:
        result = services.undo_import(import_id=batch.pk, by=user, at=clock.now())
    except IllegalMoveError:
        messages.warning(request, _("Somebody else changed this in the meantime."))
        return redirect("intake:import", pk=batch.pk)
    words = ngettext(
        "%(number)s person was removed again.",
        "%(number)s people were removed again.",
        result.removed,
    )
    messages.success(request, words % {"number": result.removed})
    return redirect("intake:import", pk=batch.pk)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a list away that was not taken."""
    batch = _import_or_404(request, pk)
    user = check_perm(request, "intake.import_people", batch)
    try:
        services.drop_import(import_id=batch.pk, by=user, at=clock.now())
        messages.success(request, _("The list is thrown away. Nobody was taken from it."))
    except IllegalMoveError:
        messages.warning(request, _("This list is taken already. You can undo it."))
        return redirect("intake:import", pk=batch.pk)
    return redirect("intake:import_new", slug=batch.site.slug)


def _import_or_404(request: HttpRequest, pk: int) -> ImportBatch:
    visible = ImportBatch.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("site", "created_by"), pk=pk)
