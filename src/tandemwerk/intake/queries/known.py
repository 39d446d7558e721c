"""Who of a list is at the site already."""

from tandemwerk.intake.models import ImportBatch, Participation
from tandemwerk.intake.reading import PersonDraft, Side
from tandemwerk.intake.reading.duplicates import SeenPeople
from tandemwerk.programme.models import Site


def known_people(site: Site, *, besides: ImportBatch | None = None) -> SeenPeople:
    """Return those who take or took part at ``site`` by their participation's number: one query.

    Those who came in with the list ``besides`` are left out.
    """
    people = Participation.objects.filter(site=site, person__erased_at=None)
    if besides is not None:
        people = people.exclude(import_rows__sheet__batch=besides)
    known = SeenPeople()
    columns = ("given_name", "family_name", "birth_year", "mail", "phone", "postcode")
    values = people.order_by("pk").values_list(
        "pk", "side", *(f"person__{column}" for column in columns)
    )
    for key, side, *person in values.iterator():
        draft = PersonDraft(side=Side(side), **dict(zip(columns, person, strict=True)))
        draft.mail = draft.mail.casefold()
        known.add(key, draft)
    return known
