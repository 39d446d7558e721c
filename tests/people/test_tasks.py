from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from tandemwerk.core import clock
from tandemwerk.people.tasks import forget_old_sessions
from tests.people.factories import PASSWORD, make_account


@pytest.mark.django_db
def test_ended_sessions_and_their_devices_are_forgotten():
    make_account()
    Client().post("/de/accounts/login/", {"login": "kim@example.org", "password": PASSWORD})

    counts = []
    for days in (1, 30):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            forget_old_sessions.call()
        counts.append((Session.objects.count(), UserSession.objects.count()))

    assert counts == [(1, 1), (0, 0)]
