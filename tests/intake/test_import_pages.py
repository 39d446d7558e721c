"""The pages of an import: from the file to the people, and what goes wrong on the way."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tandemwerk.intake import tasks
from tandemwerk.intake.enums import ImportState, RowState
from tandemwerk.intake.import_words import PROBLEMS
from tandemwerk.intake.models import ImportBatch, ImportRow, Participation
from tandemwerk.intake.reading import FileProblem
from tandemwerk.people.models import User
from tests.intake.lists import ANNA, HEAD, NOBODY, OMID, as_file, many, read, take
from tests.intake.reading.lists import delimited, xlsx
from tests.intake.test_people import queries_for
from tests.world import ROLES


@pytest.fixture
def site(world):
    return world.mine


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.users["coordinator"])


def address(name: str, *args) -> str:
    return reverse(f"intake:{name}", args=args)


def upload(client, site, data: bytes, name: str = "Liste.csv"):
    return client.post(address("import_new", site.slug), {"file": as_file(data, name)})


def test_from_the_file_to_the_people_in_three_steps(client, site):
    before = Participation.objects.count()
    response = upload(client, site, delimited([HEAD, ANNA, OMID, NOBODY]))
    batch = ImportBatch.objects.get()
    review = client.get(response.url)

    response = client.post(address("import_take", batch.pk), {"consents": ["participation"]})

    batch.refresh_from_db()
    done = client.get(response.url)
    assert review.context["counts"].clean == 2
    assert (batch.state, Participation.objects.count() - before) == (ImportState.TAKEN, 2)
    assert (done.context["counts"].taken, done.context["counts"].back) == (2, 1)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b" \n ", FileProblem.EMPTY),
        (b"%PDF-1.7 " + bytes(range(256)), FileProblem.NOT_A_SPREADSHEET),
        (b"PK\x03\x04" + bytes(60), FileProblem.BROKEN),
    ],
    ids=["empty", "letter", "broken"],
)
def test_a_file_that_cannot_be_read_is_refused_with_advice(client, site, data, problem):
    response = upload(client, site, data)

    words = [str(part) for part in PROBLEMS[problem]]
    assert (response.status_code, response.context["form"].errors["file"]) == (422, words)
    assert ImportBatch.objects.count() == 0


def test_a_file_above_the_limit_is_refused(client, site):
    response = upload(client, site, b"x" * (10 * 1024 * 1024 + 1))

    assert (response.status_code, ImportBatch.objects.count()) == (422, 0)


def test_a_form_without_a_file_is_refused(client, site):
    assert client.post(address("import_new", site.slug)).status_code == 422


def test_nobody_is_taken_without_consent(client, site):
    batch = read(site, ANNA)

    statuses = [
        client.post(address("import_take", batch.pk), {"consents": ticked}).status_code
        for ticked in ([], ["contact"], ["nonsense"])
    ]

    batch.refresh_from_db()
    assert (statuses, batch.state) == ([422, 422, 422], ImportState.REVIEW)


def test_a_long_list_is_read_and_taken_by_the_worker(client, site):
    upload(client, site, many(301))
    batch = ImportBatch.objects.get()
    reading = client.get(address("import", batch.pk))
    tasks.read_list.call(batch.pk)
    client.post(address("import_take", batch.pk), {"consents": ["participation"]})
    taking = client.get(address("import", batch.pk))
    progress = client.get(address("import_progress", batch.pk))
    tasks.take_rows.call(batch.pk)

    reloaded = client.get(address("import_progress", batch.pk))

    names = [result.task_path for result in DBTaskResult.objects.order_by("enqueued_at")]
    assert names == ["tandemwerk.intake.tasks.read_list", "tandemwerk.intake.tasks.take_rows"]
    assert [page.status_code for page in (reading, taking, progress)] == [200] * 3
    assert "<progress" in progress.content.decode()
    assert reloaded.headers["HX-Refresh"] == "true"
    assert Participation.objects.filter(import_rows__sheet__batch=batch).count() == 301


def test_an_interrupted_import_is_taken_to_its_end(client, site):
    batch = read(site, ANNA, OMID)
    ImportBatch.objects.update(state=ImportState.TAKING, total=2)

    client.post(address("import_take", batch.pk))

    batch.refresh_from_db()
    assert (batch.state, batch.people.count()) == (ImportState.TAKEN, 2)


def corrected(client, batch, sheet: int = 0, **changes):
    found = batch.sheets.get(position=sheet)
    page = client.get(address("import", batch.pk))
    form = page.context["sheets"][sheet]["form"]
    data = {f"sheet{sheet}-{name}": form[name].initial for name in form.fields}
    data |= {f"sheet{sheet}-{name}": value for name, value in changes.items()}
    return client.post(address("import_sheet", batch.pk, found.position), data)


def test_a_corrected_column_is_read_again(client, site):
    batch = read(site, ANNA)

    response = corrected(client, batch, column1="note")

    batch.refresh_from_db()
    row = ImportRow.objects.get()
    assert (response.status_code, batch.state) == (302, ImportState.REVIEW)
    assert (row.draft["given_name"], row.draft["note"]) == ("", "Anna")


@pytest.mark.parametrize(
    "changes",
    [
        {"column1": "family_name"},
        {"column1": "nonsense"},
        {"side": "martian"},
        {"header_row": "-1"},
        {"header_row": "99999999999999999999"},
        {"header_row": "x"},
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_and_kept(client, site, changes):
    batch = read(site, ANNA)

    response = corrected(client, batch, **changes)

    batch.refresh_from_db()
    assert (response.status_code, batch.state) == (422, ImportState.REVIEW)


def test_a_header_row_beyond_the_list_leaves_no_people_and_no_error(client, site):
    batch = read(site, ANNA)

    response = corrected(client, batch, header_row="5000")

    assert response.status_code == 302
    assert client.get(address("import", batch.pk)).status_code == 200


def test_one_of_two_sheets_can_be_left_out(client, site):
    data = xlsx({"A": [HEAD, ANNA], "B": [HEAD, OMID]})
    upload(client, site, data, "Liste.xlsx")
    batch = ImportBatch.objects.get()

    corrected(client, batch, sheet=1, is_chosen="")
    client.post(address("import_take", batch.pk), {"consents": ["participation"]})

    assert [each.person.given_name for each in batch.people] == ["Anna"]


def test_somebody_else_is_ticked_and_unticked(client, site):
    batch = read(site, ANNA, ANNA)
    row = ImportRow.objects.get(state=RowState.DUPLICATE)
    found = []

    for answer in ("1", "0"):
        client.post(address("import_row", batch.pk, row.pk), {"is_somebody_else": answer})
        row.refresh_from_db()
        found.append(row.state)

    assert found == [RowState.CLEAN, RowState.DUPLICATE]


def test_a_row_of_another_list_is_not_found(client, site, world):
    batch = read(site, ANNA)
    foreign = read(world.foreign, OMID)
    row = ImportRow.objects.get(sheet__batch=foreign)

    response = client.post(address("import_row", batch.pk, row.pk), {"is_somebody_else": "1"})

    assert response.status_code == 404


def test_undoing_names_who_goes_and_asks_first(client, site):
    batch = take(read(site, ANNA, OMID))

    page = client.get(address("import_undo", batch.pk))
    refused = client.post(address("import_undo", batch.pk))
    client.post(address("import_undo", batch.pk), {"is_meant": "on"})

    batch.refresh_from_db()
    assert (page.context["going"], refused.status_code) == (2, 422)
    assert (batch.state, batch.people.count()) == (ImportState.UNDONE, 0)


def test_a_list_that_is_dropped_is_gone(client, site):
    batch = read(site, ANNA)

    client.post(address("import_drop", batch.pk))

    assert ImportBatch.objects.count() == 0


def test_a_list_that_is_taken_is_not_dropped(client, site):
    batch = take(read(site, ANNA))

    client.post(address("import_drop", batch.pk))

    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("show", ["clean", "wrong", "duplicate", "skipped", "nonsense"])
def test_the_rows_of_each_verdict_can_be_seen(client, site, show):
    batch = read(site, ANNA, OMID, NOBODY, ANNA, ["Summe", "", "", "", "", "", "", ""])

    page = client.get(address("import", batch.pk) + f"?show={show}&page=99")

    assert [len(page.context["rows"]), page.status_code] == [
        {"clean": 2}.get(show, 1),
        200,
    ]


def test_the_review_asks_the_database_as_often_for_three_rows_as_for_one(client, site):
    take(read(site, ANNA, OMID))
    one, three = read(site, ANNA), read(site, ANNA, OMID, ANNA)

    counts = [
        queries_for(client, address("import", batch.pk) + "?show=duplicate")
        for batch in (one, three)
    ]

    assert (counts[0], counts[0] <= 12) == (counts[1], True)


def test_who_sees_a_list_is_who_the_rule_lets_in(world):
    batch = read(world.mine, ANNA)
    answers = {}

    for role in set(ROLES) - {"anonymous", "administrator"}:
        user = User.objects.get(pk=world.users[role].pk)
        sees = ImportBatch.objects.visible_to(user).exists()
        answers[role] = (sees, user.has_perm("intake.import_people", batch))

    assert [role for role, (sees, may) in answers.items() if sees != may] == []
    assert {role for role, (sees, _) in answers.items() if sees} == {"coordinator", "safeguarding"}
