"""Digests: one mail in the morning for what is new, or none."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandemwerk.messaging.models import DigestRun, MailPause, Message, NoticeChoice, NoticeCopy
from tandemwerk.messaging.notices import Line, Rhythm, digest_section, notify, withdraw
from tandemwerk.messaging.services import digesting
from tandemwerk.messaging.services.digesting import digest_step, due_run, hand_out_digests
from tandemwerk.messaging.slots import daily_slot, weekly_slot
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_test_kinds")]

BERLIN = ZoneInfo("Europe/Berlin")
#: A Tuesday.
MORNING = datetime(2026, 9, 15, 7, 0, tzinfo=BERLIN)
MONDAY = MORNING + timedelta(days=6)
YESTERDAY = MORNING - timedelta(hours=20)


def tell(users, *, key="1", at=YESTERDAY, kind="test.news"):
    notify(
        key=f"{kind}:{key}",
        kind=kind,
        to=[user.pk for user in users],
        url="/de/portal/",
        context={"title": f"Title {key}", "who": "Kim", "text": ""},
        at=at,
    )


def run(at=MORNING) -> int:
    mails = 0
    while (due := due_run(at=at)) is not None:
        mails += digest_step(run=due, at=at)
    return mails


def choose(user, rhythm, group="test.news"):
    NoticeChoice.objects.create(user=user, group=group, rhythm=rhythm)


@pytest.mark.parametrize(
    ("at", "daily", "weekly"),
    [
        ("2026-09-15 07:00", "2026-09-15 07:00", "2026-09-14 07:00"),
        ("2026-09-15 06:59", "2026-09-14 07:00", "2026-09-14 07:00"),
        ("2026-09-14 06:59", "2026-09-13 07:00", "2026-09-07 07:00"),
        # the clocks go back and forth on these days
        ("2026-10-25 07:00", "2026-10-25 07:00", "2026-10-19 07:00"),
        ("2026-03-29 06:59", "2026-03-28 07:00", "2026-03-23 07:00"),
    ],
)
def test_mornings_are_at_seven_where_the_programme_is(at, daily, weekly):
    moment = datetime.fromisoformat(at).replace(tzinfo=BERLIN)

    slots = [
        f"{slot(moment).astimezone(BERLIN):%Y-%m-%d %H:%M}" for slot in (daily_slot, weekly_slot)
    ]

    assert slots == [daily, weekly]


def test_everybody_gets_one_mail_with_all_that_is_new():
    users = UserFactory.create_batch(2, language="en")
    tell(users, key="1")
    tell(users, key="2")

    counts = [run(), run(), run(MORNING + timedelta(hours=5))]

    assert counts == [2, 0, 0]
    assert Message.objects.filter(user=users[0]).count() == 1
    text = Message.objects.get(user=users[0]).text
    assert [line for line in text.splitlines() if line.startswith(("Headlines", "- "))] == [
        "Headlines",
        "- New: Title 1",
        "- New: Title 2",
    ]
    assert set(NoticeCopy.objects.values_list("waits_for", flat=True)) == {""}


def test_nothing_new_is_no_mail_and_what_comes_later_waits_for_tomorrow():
    tell([UserFactory()], at=MORNING + timedelta(minutes=1))

    assert [run(), run(MORNING + timedelta(days=1))] == [0, 1]


def test_what_was_read_or_taken_back_is_in_no_digest():
    reader, other = UserFactory(), UserFactory()
    tell([reader], key="1")
    tell([other], key="2")
    NoticeCopy.objects.filter(user=reader).update(read_at=YESTERDAY, waits_for="")
    withdraw(keys=["test.news:2"])

    assert run() == 0


def test_the_weekly_part_comes_on_mondays_in_the_same_mail():
    both, weekly = UserFactory(language="en"), UserFactory(language="en")
    choose(weekly, Rhythm.WEEKLY)
    choose(both, Rhythm.WEEKLY, group="test.answers")
    tell([both, weekly], key="1")
    tell([both], key="2", kind="test.reply")
    run(MORNING - timedelta(days=1))  # the Monday before: nothing is new then

    counts = [run(MORNING), run(MONDAY)]

    assert counts == [1, 2]
    assert [message.text.count("\n- ") for message in Message.objects.order_by("pk")] == [1, 1, 1]


def test_a_monday_on_which_all_stood_still_is_made_up_for_on_tuesday():
    user = UserFactory()
    choose(user, Rhythm.WEEKLY)
    run(MONDAY - timedelta(days=3))
    tell([user], at=MONDAY - timedelta(days=1))

    assert run(MONDAY + timedelta(days=1)) == 1


def test_who_pauses_gets_all_of_it_in_one_mail_afterwards():
    user = UserFactory()
    MailPause.objects.create(user=user, until=date(2026, 9, 17))
    tell([user], key="1", kind="test.reply")
    tell([user], key="2")

    counts = [run(MORNING + timedelta(days=days)) for days in (0, 1, 2)]

    assert counts == [0, 0, 1]


def test_a_closed_account_gets_nothing():
    user = UserFactory()
    tell([user])
    user.is_active = False
    user.save()

    assert run() == 0


def test_rooms_add_parts_that_are_asked_for_once_for_many():
    asked = []

    @digest_section("test.section", group="test.news", label="In your spaces")
    def lines(users, since, until):
        asked.append((list(users), since, until))
        return {users[0]: [Line(text="Three posts\nin Cooking", url="/en/portal/")]}

    users = UserFactory.create_batch(3, language="en")
    choose(users[1], Rhythm.WEEKLY)
    run(MORNING - timedelta(days=1))
    Message.objects.all().delete()
    asked.clear()

    mails = run(MORNING)

    assert mails == 1
    since = MORNING - timedelta(days=1)
    assert asked == [([users[0].pk, users[2].pk], since, MORNING)]
    assert "- Three posts in Cooking\nhttp://testserver/en/portal/" in Message.objects.get().text


def test_many_news_of_a_group_are_cut_short():
    user = UserFactory(language="en")
    for number in range(15):
        tell([user], key=str(number))

    run()

    text = Message.objects.get().text
    assert text.count("- New:") == 12
    assert "- and 3 more" in text


def test_a_run_that_died_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(digesting, "STEP", 2)
    users = UserFactory.create_batch(5)
    tell(users)
    first = due_run(at=MORNING)
    digest_step(run=first, at=MORNING)
    first.refresh_from_db()

    with monkeypatch.context() as dying:
        dying.setattr(DigestRun, "save", _die)
        with pytest.raises(KeyboardInterrupt):
            digest_step(run=first, at=MORNING)
    mails = run()

    assert (mails, Message.objects.count()) == (3, 5)
    assert Message.objects.values("user").distinct().count() == 5
    kept = DigestRun.objects.get()
    assert (kept.readers, kept.mails) == (5, 5)
    assert kept.finished_at is not None


def _die(*_args, **_kwargs):
    raise KeyboardInterrupt


def test_two_workers_in_the_same_step_write_its_mails_once():
    tell([UserFactory()])
    mine, theirs = due_run(at=MORNING), due_run(at=MORNING)

    mails = [digest_step(run=mine, at=MORNING), digest_step(run=theirs, at=MORNING)]

    assert mails == [1, 0]
    assert Message.objects.count() == 1


def test_the_work_is_handed_out_once_and_only_when_it_is_time():
    tell([UserFactory()])

    assert [hand_out_digests(at=MORNING), hand_out_digests(at=MORNING)] == [True, False]


def test_a_step_asks_the_same_number_of_questions_for_one_and_for_three():
    asked = []
    for count in (1, 3):
        users = UserFactory.create_batch(count)
        day = MORNING + timedelta(days=count)
        tell(users, key=str(count), at=day - timedelta(hours=1))
        due = due_run(at=day)
        with CaptureQueriesContext(connection) as queries:
            digest_step(run=due, at=day)
        asked.append(len(queries))
        run(day)

    assert asked[0] == asked[1]
