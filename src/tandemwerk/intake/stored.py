"""What reading found, as plain values for the database, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from tandemwerk.intake.models import ImportRow, ImportSheet
from tandemwerk.intake.reading import (
    ContactPreference,
    ErrorCode,
    Field,
    Finding,
    Outcome,
    PersonDraft,
    RowVerdict,
    Sheet,
    Side,
)


def draft_to_json(draft: PersonDraft) -> dict[str, Any]:
    values = asdict(draft)
    values["waiting_since"] = draft.waiting_since.isoformat() if draft.waiting_since else None
    return values


def draft_from_json(values: Mapping[str, Any]) -> PersonDraft:
    since = values["waiting_since"]
    return PersonDraft(
        **{
            **values,
            "side": Side(values["side"]),
            "contact_preference": ContactPreference(values["contact_preference"]),
            "languages": tuple((code, level) for code, level in values["languages"]),
            "interests": tuple(values["interests"]),
            "waiting_since": date.fromisoformat(since) if since else None,
        }
    )


def _findings(found: Iterable[Finding[Any]]) -> list[dict[str, Any]]:
    return [
        {
            "column": each.column,
            "field": each.field.value if each.field else "",
            "code": each.code.value,
            "text": each.text,
        }
        for each in found
    ]


def findings_to_json(verdict: RowVerdict) -> dict[str, Any]:
    """Return what there is to say about a row; what is empty is left out."""
    found = {
        "errors": _findings(verdict.errors),
        "questions": _findings(verdict.questions),
        "assumptions": _findings(verdict.assumptions),
        "by": [code.value for code in verdict.duplicate_by],
        "skipped": verdict.skipped.value if verdict.skipped else "",
    }
    return {name: value for name, value in found.items() if value}


def questions_to_keep(findings: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the questions of a row as ``Participation.questions`` holds them."""
    return [
        {"code": each["code"], "field": each["field"], "text": each["text"][:300]}
        for each in findings.get("questions", ())
    ]


def _errors_from_json(row: ImportRow, *, is_duplicate: bool) -> list[Finding[ErrorCode]]:
    errors = [
        Finding(
            each["column"],
            Field(each["field"]) if each["field"] else None,
            ErrorCode(each["code"]),
            each["text"],
        )
        for each in row.findings.get("errors", ())
    ]
    if is_duplicate:
        errors.append(Finding(None, None, ErrorCode.ALREADY_THERE))
    return errors


def sheet_to_hand_back(
    sheet: ImportSheet, rows: Sequence[ImportRow], duplicate_state: str
) -> tuple[Sheet, list[RowVerdict]]:
    """Return the sheet with nothing but ``rows`` in it, and their verdicts."""
    cells: list[Any] = [()] * max((row.number for row in rows), default=0)
    for row in rows:
        cells[row.number - 1] = tuple(row.cells)
    verdicts = [
        RowVerdict(
            row.number,
            Outcome.HAND_BACK,
            errors=_errors_from_json(row, is_duplicate=row.state == duplicate_state),
        )
        for row in rows
    ]
    return Sheet(sheet.name, cells), verdicts
