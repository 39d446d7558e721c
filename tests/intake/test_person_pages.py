"""The page of one person, and everything its team can do there."""

import json

import pytest
from django.urls import reverse

from tandemwerk.core.models import AuditEntry
from tandemwerk.intake.enums import ParticipationState
from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.people.services import give_consent
from tests.factories import NOON, ParticipationFactory, TandemFactory
from tests.intake.test_people import queries_for

NEW = {
    "given_name": "Omid",
    "family_name": "Rahimi",
    "birth_year": "1992",
    "gender": "m",
    "phone": "0821 555 123",
    "contact_preference": "phone",
    "language": "fa",
    "postcode": "86150",
    "languages_what": ["fa", "de"],
    "languages_level": ["7", "2"],
    "availability": ["2", "5"],
    "kinds": ["0", "1"],
    "wishes_gender": "any",
    "max_km": "15",
    "group_size": "1",
    "volunteers_wanted": "1",
    "priority": "1",
    "consents": ["participation", "portrait"],
    "way": "spoken",
}


@pytest.fixture
def site(world):
    return world.mine


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.users["coordinator"])


@pytest.fixture
def each(site):
    return ParticipationFactory(site=site, side="newcomer", questions=[{"code": "missing"}])


def address(name: str, *args) -> str:
    return reverse(f"intake:{name}", args=args)


def test_somebody_is_taken_in_by_hand(client, site):
    response = client.post(address("person_add", site.slug, "newcomer"), NEW)

    new = Participation.objects.latest("pk")
    assert response.url == address("person", new.pk)
    assert (new.person.phone, new.person.availability, new.kinds) == ("+49821555123", 36, 3)
    assert dict(new.person.languages.values_list("code", "level")) == {"fa": 7, "de": 2}
    assert set(new.person.consents.values_list("purpose", "way")) == {
        ("participation", "spoken"),
        ("portrait", "spoken"),
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"birth_year": "85"}, "birth_year"),
        ({"birth_year": "2090"}, "birth_year"),
        ({"phone": "call me"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"contact_preference": "mail"}, "mail"),
        ({"mail": "nobody@"}, "mail"),
        ({"postcode": "00000"}, "postcode"),
        ({"languages_level": ["7", ""]}, "languages"),
        ({"languages_what": ["fa", "fa"]}, "languages"),
        ({"availability": ["21"]}, "availability"),
        ({"kinds": []}, "kinds"),
        ({"max_km": "0"}, "max_km"),
        ({"group_size": "21"}, "group_size"),
        ({"volunteers_wanted": "0"}, "volunteers_wanted"),
        ({"volunteers_wanted": "4"}, "volunteers_wanted"),
        ({"volunteers_wanted": "zwei"}, "volunteers_wanted"),
        ({"volunteers_wanted": ""}, "volunteers_wanted"),
        ({"priority": "9"}, "priority"),
        ({"waiting_since": "2999-01-01"}, "waiting_since"),
        ({"consents": ["portrait"]}, "consents"),
        ({"way": "list"}, "way"),
        ({"gender": "x"}, "gender"),
    ],
)
def test_a_form_that_does_not_fit_says_where_and_keeps_what_was_typed(client, site, wrong, field):
    before = Participation.objects.count()

    response = client.post(address("person_add", site.slug, "newcomer"), NEW | wrong)

    form = response.context["form"]
    assert (response.status_code, set(form.errors)) == (422, {field})
    assert (form["given_name"].value(), Participation.objects.count()) == ("Omid", before)


def test_somebody_who_seems_to_be_there_is_added_only_when_meant(client, site):
    client.post(address("person_add", site.slug, "newcomer"), NEW)
    count = Participation.objects.count()

    warned = client.post(address("person_add", site.slug, "newcomer"), NEW)
    after_warning = Participation.objects.count()
    client.post(address("person_add", site.slug, "newcomer"), NEW | {"is_somebody_else": "on"})

    assert (warned.status_code, len(warned.context["alike"])) == (422, 1)
    assert (after_warning, Participation.objects.count()) == (count, count + 1)


@pytest.mark.parametrize("wanted", [1, 2])
def test_a_family_may_want_several_volunteers_and_its_page_says_so(client, site, wanted):
    path = address("person_add", site.slug, "newcomer")
    initial = client.get(path).context["form"]["volunteers_wanted"].value()

    client.post(path, NEW | {"group_size": "5", "volunteers_wanted": str(wanted)})

    new = Participation.objects.latest("pk")
    page = client.get(address("person", new.pk)).content.decode()
    assert (initial, new.group_size, new.volunteers_wanted) == (1, 5, wanted)
    assert ("Wie viele Freiwillige" in page) is (wanted > 1)


def test_a_wish_for_two_volunteers_is_changed_like_any_other(client, each):
    client.post(address("person_change", each.pk), NEW | {"volunteers_wanted": "3"})

    form = client.get(address("person_change", each.pk)).context["form"]
    entry = AuditEntry.objects.get(action="intake.change_participation")
    assert form["volunteers_wanted"].value() == 3
    assert "volunteers_wanted" in entry.changes["fields"]


def test_volunteers_are_not_asked_how_many_volunteers_they_want(client, site):
    form = client.get(address("person_add", site.slug, "volunteer")).context["form"]

    assert "volunteers_wanted" not in form.fields


def test_a_minor_is_known_by_the_year_of_birth(client, site):
    client.post(address("person_add", site.slug, "newcomer"), NEW | {"birth_year": "2015"})

    assert Participation.objects.latest("pk").is_minor is True


def test_a_change_is_saved(client, each):
    response = client.post(address("person_change", each.pk), NEW | {"family_name": "Karimi"})

    each.refresh_from_db()
    assert response.status_code == 302
    assert (str(each.person), each.person.consents.count()) == ("Omid Karimi", 0)


def test_reading_a_page_is_recorded_once_an_hour(client, each):
    client.get(address("person", each.pk))
    client.get(address("person", each.pk))

    assert AuditEntry.objects.filter(action="intake.read_participation").count() == 1


def test_a_page_asks_the_database_as_often_for_much_as_for_little(client, site, each):
    page = address("person", each.pk)
    TandemFactory(site=site, newcomer=each, state="ended")
    for_little = queries_for(client, page)
    TandemFactory.create_batch(2, site=site, newcomer=each, state="ended")
    for purpose in ConsentPurpose:
        give_consent(
            person_id=each.person_id, purpose=purpose, way=ConsentWay.PAPER, by=each.person, at=NOON
        )

    for_much = queries_for(client, page)

    assert (for_much, for_little <= 14) == (for_little, True)


def test_a_break_begins_and_ends(client, each):
    client.post(address("person_move", each.pk, "paused"), {"reason": "Kur"})
    paused = Participation.objects.get(pk=each.pk).state
    client.post(address("person_move", each.pk, "open"))

    each.refresh_from_db()
    assert (paused, each.state) == (ParticipationState.PAUSED, ParticipationState.OPEN)


def test_a_move_that_is_not_possible_is_not_found(client, each):
    assert client.post(address("person_move", each.pk, "open")).status_code == 404


@pytest.mark.parametrize("number", ["0", "7", "x", "", "-1", "٣", "9" * 50])
def test_a_question_is_ticked_off_and_nonsense_changes_nothing(client, each, number):
    response = client.post(address("person_answer", each.pk), {"number": number})

    each.refresh_from_db()
    assert (response.status_code, len(each.questions)) == (302, 0 if number == "0" else 1)


def test_consent_is_recorded_and_withdrawn(client, each):
    client.post(address("person_consent", each.pk, "contact"), {"way": "paper"})
    given = each.person.consents.filter(withdrawn_at=None).count()
    client.post(address("person_withdraw", each.pk, "contact"))

    assert (given, each.person.consents.filter(withdrawn_at=None).count()) == (1, 0)


def test_a_purpose_that_does_not_exist_is_not_found(client, each):
    statuses = [
        client.post(address(name, each.pk, "nonsense")).status_code
        for name in ("person_consent", "person_withdraw")
    ]

    assert statuses == [404, 404]


def test_somebody_gets_a_copy_of_everything(client, each):
    response = client.post(address("person_copy", each.pk))

    copy = json.loads(response.content)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert {"person", "participations", "import_rows"} <= {kind["name"] for kind in copy["data"]}


def test_somebody_is_erased_only_when_it_is_meant(client, each, site):
    refused = client.post(address("person_erase", each.pk))
    client.post(address("person_erase", each.pk), {"is_meant": "on"})

    page = client.get(address("person", each.pk))
    each.person.refresh_from_db()
    assert (refused.status_code, page.status_code) == (422, 200)
    assert (each.person.family_name, each.person.erased_at is None) == ("", False)
    assert client.get(address("person_change", each.pk)).status_code == 404


def test_whoever_is_in_a_tandem_is_shown_with_it(client, world):
    page = client.get(address("person", world.tandem.volunteer_id))
    people = client.get(address("people", world.mine.slug))

    marks = people.context["table"].marks
    assert world.tandem.newcomer.person.family_name in page.content.decode()
    assert set(marks) == {world.tandem.volunteer_id, world.tandem.newcomer_id}
