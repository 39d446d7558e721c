"""Lists that tests bring to a site."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tandemwerk.intake import services
from tandemwerk.intake.models import ImportBatch
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.programme.models import Site
from tests.factories import NOON, UserFactory
from tests.intake.reading.lists import delimited

REAL_LISTS = Path(__file__).parents[1] / "data" / "lists"
HEAD = ["Rolle", "Vorname", "Nachname", "Geburtsjahr", "PLZ", "E-Mail", "Telefon", "Sprachen"]
ANNA = ["Pate", "Anna", "Becker", "1970", "86150", "anna@example.org", "0821 555123", "Deutsch"]
OMID = ["Mentee", "Omid", "Rahimi", "1992", "86152", "", "0176 5550199", "Dari, Deutsch A2"]
#: Somebody whose row cannot be taken: no postcode.
NOBODY = ["Pate", "Karl", "Ohne", "1960", "", "karl@example.org", "", "Deutsch"]


def _name(number: int) -> str:
    """Return a name of letters that no other number has."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return f"R{letters}"


def many(count: int) -> bytes:
    """Return a list of so many newcomers."""
    rows = [
        ["Mentee", "Omid", _name(n), "1992", "86152", f"omid{n}@example.org", "", "Dari"]
        for n in range(count)
    ]
    return delimited([HEAD, *rows])


def as_file(data: bytes, name: str = "Liste.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def read(site: Site, *rows: Any, data: bytes | None = None, name: str = "Liste.csv") -> ImportBatch:
    """Bring a list to the site and read it."""
    content = delimited([HEAD, *rows]) if data is None else data
    batch = services.upload_list(site=site, data=content, filename=name, by=UserFactory(), at=NOON)
    services.read_list(import_id=batch.pk, at=NOON)
    batch.refresh_from_db()
    return batch


def take(batch: ImportBatch) -> ImportBatch:
    """Take the clean rows of a list."""
    return services.take_import(
        import_id=batch.pk, consents=[ConsentPurpose.PARTICIPATION], by=UserFactory(), at=NOON
    )


def states(batch: ImportBatch) -> list[str]:
    """Return the verdicts of the rows."""
    rows = [row for sheet in batch.sheets.order_by("position") for row in sheet.rows.all()]
    return [row.state for row in sorted(rows, key=lambda row: (row.sheet.position, row.number))]
