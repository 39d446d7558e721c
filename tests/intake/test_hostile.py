"""Two hundred hostile spreadsheets and forms against the real pages: no error, nothing half."""

import random
from io import BytesIO
from typing import Any, Final

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandemwerk.intake.enums import ImportState
from tandemwerk.intake.models import ImportBatch, ImportRow, Participation
from tandemwerk.people.models import Consent, Person, PersonLanguage
from tests.factories import MembershipFactory, SiteFactory
from tests.intake.lists import HEAD, OMID, REAL_LISTS, as_file

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: What people and attackers write where nobody expects it.
NASTY: Final = (
    *("=1+1", '=HYPERLINK("http://x")', "+49", "-1", "@SUM(A1)", "<script>alert(1)</script>"),
    *("{{ 7*7 }}", "%s%n", "' OR 1=1 --", "\u202egnirts", "\u0000", "\ufffe", "Ω≈ç√∫", "🧑‍🤝‍🧑"),
    *("99999999999999999999", "-0", "1e999", "NaN", "31.02.1990", "#REF!", "00000", "86150\t"),
    *("Summe", "Vorname", "D-86150", "a@b", "a@@b.de", "(((((", "../../etc/passwd", "Deutsch C9"),
    *("Mo-So", "ab 25 Uhr", "ʼnull", "None", "true", "اسم", "Пʼять", "١٩٨٥", "1985-13-45", "٨٦١٥٠"),
)
cells = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from(OMID),
    st.text(max_size=40),
    st.text("Aä ,;.|\"'\n\t", max_size=60),
    st.just("x" * 2000),
    st.integers(-(10**20), 10**20).map(str),
    st.dates().map(str),
)
REAL_FILES: Final = [path for path in sorted(REAL_LISTS.iterdir()) if path.suffix != ".json"]
rows = st.lists(st.lists(cells, max_size=14), max_size=12)
headings = st.one_of(st.just(HEAD), st.lists(st.sampled_from([*HEAD, *NASTY]), max_size=12))
#: So many people of a list are looked at on their own page.
PAGES: Final = 3
#: Six kinds of attack: more than two hundred files and forms in all.
attack = settings(
    max_examples=35,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def site():
    return SiteFactory()


@pytest.fixture
def client(site, sign_in):
    client = sign_in(MembershipFactory(site=site).user)
    client.raise_request_exception = False
    return client


def go_all_the_way(client, site, data: bytes, name: str) -> None:
    """Bring a file, look at it, take it, fetch the rest, undo it: as far as it lets us."""
    before = Person.objects.count()
    response = client.post(
        reverse("intake:import_new", args=[site.slug]), {"file": as_file(data, name)}
    )
    assert response.status_code in {302, 422}
    if response.status_code == 422:
        assert response.context["form"].errors
        return
    batch = ImportBatch.objects.latest("pk")
    here = [batch.pk]
    for show in ("", "?show=clean", "?show=wrong", "?show=duplicate", "?show=skipped"):
        assert client.get(reverse("intake:import", args=here) + show).status_code == 200
    if batch.state != ImportState.REVIEW:
        return
    assert client.get(reverse("intake:import_hand_back", args=here)).status_code == 200
    answer = client.post(reverse("intake:import_take", args=here), {"consents": ["participation"]})
    assert answer.status_code == 302
    batch.refresh_from_db()
    assert batch.state == ImportState.TAKEN
    check_whole(batch)
    for participation in batch.people.all()[:PAGES]:
        page = client.get(reverse("intake:person", args=[participation.pk]))
        assert page.status_code == 200
    assert (
        client.get(reverse("intake:people", args=[site.slug]) + "?export=xlsx").status_code == 200
    )
    client.post(reverse("intake:import_undo", args=here), {"is_meant": "on"})
    assert Person.objects.count() == before


def check_whole(batch: ImportBatch) -> None:
    """See that every clean row became one whole person, and no other row became anything."""
    taken = ImportRow.objects.filter(sheet__batch=batch).exclude(participation=None)
    people = Participation.objects.filter(import_rows__in=taken)
    assert people.count() == taken.count() == people.values("person").distinct().count()
    assert taken.exclude(state="clean").count() == 0
    assert Consent.objects.filter(person__participations__in=people).count() == people.count()
    known = Person.objects.filter(participations__in=people)
    assert known.filter(family_name="").count() == 0
    assert PersonLanguage.objects.filter(person__in=known, level__range=(1, 7)).count() == (
        PersonLanguage.objects.filter(person__in=known).count()
    )


def workbook(head: list[str], body: list[list[str]]) -> bytes:
    """Return an XLSX; what the format itself refuses is left out."""
    book = openpyxl.Workbook()
    for row in (head, *body):
        book.active.append(
            [openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell)[:30_000] for cell in row]
        )
    target = BytesIO()
    try:
        book.save(target)
    except (UnicodeError, ValueError):
        return b""
    return target.getvalue()


@attack
@given(
    headings,
    rows,
    st.tuples(st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "cp1252"])),
)
def test_hostile_text_files(client, site, head, body, kind):
    separator, encoding = kind
    lines = (separator.join(row) for row in (head, *body))
    data = "\r\n".join(lines).encode(encoding, errors="replace")

    go_all_the_way(client, site, data, "Liste.csv")


@attack
@given(headings, rows)
def test_hostile_workbooks(client, site, head, body):
    go_all_the_way(client, site, workbook(head, body), "Liste.xlsx")


@attack
@given(st.tuples(st.sampled_from(REAL_FILES), st.integers(0, 2**32), st.integers(1, 40)))
def test_real_lists_that_were_damaged(client, site, damage):
    path, seed, hits = damage
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(hits):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 3 == 0:
        del data[chance.randrange(len(data)) :]

    go_all_the_way(client, site, bytes(data), path.name)


values = st.one_of(st.sampled_from(NASTY), st.text(max_size=200), st.just("9" * 400))
FIELDS: Final = (
    *("given_name", "family_name", "birth_year", "gender", "mail", "phone", "contact_preference"),
    *("language", "postcode", "languages_what", "languages_level", "availability", "kinds"),
    *("topics", "interests", "wishes_gender", "max_km", "group_size", "is_minor", "priority"),
    *("volunteers_wanted", "waiting_since", "note", "consents", "way", "is_somebody_else"),
)
VALID: Final[dict[str, Any]] = {
    "family_name": "Rahimi",
    "gender": "-",
    "contact_preference": "neither",
    "language": "de",
    "kinds": ["0"],
    "wishes_gender": "any",
    "max_km": "10",
    "group_size": "1",
    "volunteers_wanted": "1",
    "priority": "0",
    "consents": ["participation"],
    "way": "paper",
}


@attack
@given(st.dictionaries(st.sampled_from(FIELDS), st.one_of(values, st.lists(values, max_size=4))))
def test_hostile_forms(client, site, sent):
    before = (Person.objects.count(), Participation.objects.count())
    address = reverse("intake:person_add", args=[site.slug, "newcomer"])

    response = client.post(address, VALID | sent)

    after = (Person.objects.count(), Participation.objects.count())
    grown = tuple(now - then for now, then in zip(after, before, strict=True))
    assert (response.status_code, grown) in {(302, (1, 1)), (422, (0, 0))}


@attack
@given(
    st.dictionaries(
        st.sampled_from(["q", "side", "state", "language", "kind", "place", "ask", "sort", "page"]),
        values,
    )
)
def test_hostile_filters(client, site, sent):
    address = reverse("intake:people", args=[site.slug])

    assert client.get(address, sent).status_code == 200


@attack
@given(
    st.dictionaries(
        st.sampled_from(["side", "header_row", "is_chosen", *(f"column{n}" for n in range(9))]),
        values,
    )
)
def test_hostile_corrections(client, site, sent):
    data = ";".join(HEAD).encode() + b"\n" + ";".join(OMID).encode()
    client.post(reverse("intake:import_new", args=[site.slug]), {"file": as_file(data)})
    batch = ImportBatch.objects.latest("pk")
    prefixed = {f"sheet0-{name}": value for name, value in sent.items()}

    response = client.post(reverse("intake:import_sheet", args=[batch.pk, 0]), prefixed)

    assert response.status_code in {302, 422}
    assert client.get(reverse("intake:import", args=[batch.pk])).status_code == 200
