"""Two people save the same article in the same moment: one wins, the other loses nothing."""

import threading
from functools import partial

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from tandemwerk.knowledge.content import newest_content
from tandemwerk.knowledge.enums import AuthorRole
from tandemwerk.knowledge.models import ArticleAuthor
from tests.knowledge.factories import ArticleFactory
from tests.knowledge.test_pages import form_of
from tests.world import make_world

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS = 5


def save(client: Client, address: str, form: dict, line: threading.Barrier, into: dict) -> None:
    line.wait(timeout=30)
    try:
        into[form["body"]] = client.post(address, form)
    finally:
        connections.close_all()


def test_of_two_who_save_one_wins_and_the_other_reads_both_texts():
    world = make_world()
    people = [world.users["coordinator"], world.users["network_editor"]]
    clients = [Client(), Client()]
    for client, user in zip(clients, people, strict=True):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    for number in range(ROUNDS):
        article = ArticleFactory(owner=people[0])
        ArticleAuthor.objects.create(article=article, role=AuthorRole.AUTHOR, user=people[1])
        address = reverse("knowledge:edit", kwargs={"slug": article.slug})
        forms = [form_of(article, body=f"Von {who} {number}") for who in ("mir", "dir")]
        line, answers = threading.Barrier(2), {}
        threads = [
            threading.Thread(target=partial(save, client, address, form, line, answers))
            for client, form in zip(clients, forms, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)

        by_status = {answer.status_code: body for body, answer in answers.items()}
        assert set(by_status) == {302, 409}
        article.refresh_from_db()
        assert newest_content(article).body == by_status[302]
        page = answers[by_status[409]].content.decode()
        assert by_status[409] in page
