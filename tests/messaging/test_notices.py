"""Telling people: once for each of them, as they chose."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandemwerk.messaging.models import MailPause, Notice, NoticeChoice, NoticeCopy
from tandemwerk.messaging.notices import (
    Rhythm,
    UnknownKindError,
    notify,
    progress,
    withdraw,
)
from tandemwerk.people.models import User
from tests.factories import NOON, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_test_kinds")]


def tell(users, *, key="test.reply:1", kind="test.reply", **fields):
    return notify(
        key=key,
        kind=kind,
        to=[user if isinstance(user, int) else user.pk for user in users],
        url="/de/portal/",
        context={"who": "Kim"},
        at=NOON,
        **fields,
    )


def waiting() -> list[str]:
    return list(NoticeCopy.objects.order_by("user_id").values_list("waits_for", flat=True))


def test_everybody_is_told_once_for_each_key():
    users = UserFactory.create_batch(2)

    told = [tell(users), tell(users), tell([*users, UserFactory()])]

    assert told == [2, 0, 1]
    assert (Notice.objects.count(), NoticeCopy.objects.count()) == (1, 3)


def test_neither_the_one_who_did_it_nor_a_closed_account_is_told():
    reader, actor, closed = UserFactory(), UserFactory(), UserFactory(is_active=False)

    tell([reader, actor, closed, 987654], by=actor)

    assert list(NoticeCopy.objects.values_list("user_id", flat=True)) == [reader.pk]


@pytest.mark.parametrize(
    ("choice", "waits"),
    [
        (None, ["at_once"]),
        (Rhythm.AT_ONCE, ["at_once"]),
        (Rhythm.DAILY, ["daily"]),
        (Rhythm.WEEKLY, ["weekly"]),
        (Rhythm.IN_APP, [""]),
        (Rhythm.OFF, []),
    ],
)
def test_each_reader_decides_how_they_hear_of_it(choice, waits):
    user = UserFactory()
    if choice:
        NoticeChoice.objects.create(user=user, group="test.answers", rhythm=choice)
        NoticeChoice.objects.create(user=user, group="test.other", rhythm=Rhythm.OFF)

    tell([user])

    assert waiting() == waits


@pytest.mark.parametrize(("until", "waits"), [(16, "daily"), (15, "at_once"), (1, "at_once")])
def test_in_a_pause_what_happens_is_kept_for_the_first_digest(until, waits):
    user = UserFactory()
    MailPause.objects.create(user=user, until=date(2026, 9, until))

    tell([user])

    assert waiting() == [waits]


def test_thousands_are_told_in_few_queries():
    User.objects.bulk_create(User(email=f"reader{n}@example.org") for n in range(3000))
    readers = list(User.objects.values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as queries:
        told = tell(readers)

    assert told == 3000
    assert len(queries) < 50


def test_what_was_taken_back_is_gone_for_all():
    tell(UserFactory.create_batch(2))

    assert withdraw(keys=["test.reply:1", "another"]) == 1
    assert NoticeCopy.objects.count() == 0


def test_whoever_told_thousands_sees_how_far_it_has_come():
    users = UserFactory.create_batch(3)
    NoticeChoice.objects.create(user=users[0], group="test.answers", rhythm=Rhythm.WEEKLY)
    tell(users)
    NoticeCopy.objects.filter(user=users[1]).update(read_at=NOON)

    found = progress(key="test.reply:1")

    assert (found.readers, found.waiting, found.read) == (3, 2, 1)


def test_what_nobody_registered_cannot_be_told():
    with pytest.raises(UnknownKindError):
        tell([UserFactory()], kind="test.unknown")
