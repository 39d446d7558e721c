"""Rows for tests. Each factory makes one valid row; a test says only what matters to it."""

from datetime import UTC, date, datetime, timedelta

import factory

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import Person, PersonLanguage, User
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import Carrier, Invitation, Membership, Programme, Site
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.models import Tandem

#: The moment at which tests happen unless they say otherwise.
NOON = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    name = factory.Sequence(lambda n: f"Kim Beispiel {n}")


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme
        django_get_or_create = ("slug",)

    name = "Menschen verbinden"
    slug = "menschen-verbinden"


class CarrierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Carrier

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Verband {n}")
    slug = factory.Sequence(lambda n: f"verband-{n}")
    checkin_days = factory.LazyFunction(lambda: [14, 42])


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    carrier = factory.SubFactory(CarrierFactory)
    name = factory.Sequence(lambda n: f"Standort {n}")
    slug = factory.Sequence(lambda n: f"standort-{n}")
    street = "Maximilianstraße 3"
    postcode = "86150"
    place = "Augsburg"
    land = "DE-BY"
    latitude = 48.364
    longitude = 10.893
    languages = factory.LazyFunction(lambda: ["de", "fa"])
    kinds = 7


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    site = factory.SubFactory(SiteFactory)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    mail = factory.Sequence(lambda n: f"invited{n}@example.org")
    role = Role.READER
    site = factory.SubFactory(SiteFactory)
    nonce = factory.Sequence(lambda n: f"nonce-{n}")
    created_at = NOON
    expires_at = NOON + timedelta(days=14)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    given_name = "Sahar"
    family_name = factory.Sequence(lambda n: f"Muster{n}")
    mail = factory.Sequence(lambda n: f"person{n}@example.org")
    phone = "+493023125000"
    postcode = "86150"
    birth_year = 1985
    gender = "f"
    availability = 2**21 - 1

    @factory.post_generation
    def speaks(self, create, extracted, **_kwargs):
        """Give languages: ``speaks={"de": 4, "fa": 7}``; German at B2 unless said."""
        if create:
            for code, level in (extracted or {"de": 4}).items():
                PersonLanguage.objects.create(person=self, code=code, level=level)


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    person = factory.SubFactory(PersonFactory)
    site = factory.SubFactory(SiteFactory)
    side = Side.VOLUNTEER
    waiting_since = date(2026, 9, 1)


class TandemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tandem

    site = factory.SubFactory(SiteFactory)
    volunteer = factory.SubFactory(
        ParticipationFactory, site=factory.SelfAttribute("..site"), side=Side.VOLUNTEER
    )
    newcomer = factory.SubFactory(
        ParticipationFactory, site=factory.SelfAttribute("..site"), side=Side.NEWCOMER
    )
    state = TandemState.ACTIVE
    created_at = NOON
    founded_on = date(2026, 9, 10)
    language = "de"
