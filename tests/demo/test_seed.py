import io

import pytest
from django.core.management import CommandError, call_command

from tandemwerk.demo.scale import SCALES
from tandemwerk.demo.seed import NotEmptyError, seed
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import Person, User
from tandemwerk.programme.models import Carrier, Programme, Site
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.models import CheckIn, Tandem
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def fill(number: int = 1) -> list[str]:
    heard: list[str] = []
    seed(scale=SCALES["demo"], number=number, password="", at=NOON, say=heard.append)
    return heard


def test_the_demo_has_the_sizes_that_are_promised():
    fill()

    assert {
        "carriers": Carrier.objects.count(),
        "sites": Site.objects.count(),
        "volunteers": Participation.objects.filter(side="volunteer").count(),
        "newcomers": Participation.objects.filter(side="newcomer").count(),
        "tandems": Tandem.objects.count(),
    } == {"carriers": 6, "sites": 24, "volunteers": 300, "newcomers": 300, "tandems": 220}


def test_the_demo_has_tandems_in_every_state():
    fill()

    states = set(Tandem.objects.values_list("state", flat=True))

    assert states == set(TandemState.values)


def test_the_same_number_makes_the_same_people():
    fill()
    first = list(Person.objects.order_by("pk").values_list("given_name", "family_name", "mail"))
    checkins = list(CheckIn.objects.order_by("pk").values_list("due_on", "mood", "line"))
    for model in (CheckIn, Tandem, Participation, Person):
        model.objects.all().delete()
    Site.objects.all().delete()
    Carrier.objects.all().delete()
    User.objects.all().delete()
    Programme.objects.all().delete()

    fill()

    assert first == list(
        Person.objects.order_by("pk").values_list("given_name", "family_name", "mail")
    )
    assert checkins == list(CheckIn.objects.order_by("pk").values_list("due_on", "mood", "line"))


def test_invented_people_never_mix_with_others(world):
    with pytest.raises(NotEmptyError):
        fill()


def test_the_command_says_in_one_line_why_it_does_nothing(world):
    with pytest.raises(CommandError) as caught:
        call_command("seed", scale="demo", stdout=io.StringIO())

    assert str(caught.value) == (
        "there are accounts in this database already: seed only fills an empty one"
    )


def test_every_mail_and_phone_is_of_nobody():
    fill()

    mails = set(Person.objects.exclude(mail="").values_list("mail", flat=True))
    phones = set(Person.objects.values_list("phone", flat=True))

    assert {mail.rsplit(".", 1)[1] for mail in mails} == {"example"}
    assert {phone[:9] for phone in phones} == {"+49302312"}


def test_the_demo_has_a_family_with_two_volunteers_and_one_that_lacks_the_second():
    fill()

    families = Participation.objects.filter(volunteers_wanted__gt=1)
    live = Tandem.objects.live().filter(newcomer__in=families)
    places = [
        [*live.filter(newcomer=each).values_list("newcomer_place", flat=True)] for each in families
    ]

    assert {each.site_id for each in families} == {1}
    assert sorted(sorted(taken) for taken in places) == [[1], [1, 2]]
    assert live.values("volunteer").distinct().count() == 3
