"""Fills django-machina: one forum, topics, posts; prints the address of a topic and a cookie."""

import os

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from machina.core.db.models import get_model  # noqa: E402

call_command("migrate", verbosity=0)
Forum = get_model("forum", "Forum")
Topic = get_model("forum_conversation", "Topic")
Post = get_model("forum_conversation", "Post")
topics, posts, on_the_page = (int(number) for number in os.environ["PEER_SIZES"].split())
User = get_user_model()
users = [User.objects.create_user(f"user{number}", password="x") for number in range(60)]
forum = Forum.objects.create(name="Treffpunkt", type=Forum.FORUM_POST)
words = "Wir machen das so: erst lesen, dann fragen, dann gemeinsam antworten. " * 2


def write(topic, number):  # noqa: ANN001, ANN201
    """Write a post the way machina does."""
    return Post.objects.create(
        topic=topic,
        poster=users[number % len(users)],
        subject=f"Thema {topic.pk}",
        content=words,
        approved=True,
    )


made = []
for number in range(topics):
    made.append(
        Topic.objects.create(
            forum=forum,
            subject=f"Frage {number}",
            poster=users[number % len(users)],
            type=Topic.TOPIC_POST,
            status=Topic.TOPIC_UNLOCKED,
            approved=True,
        )
    )
    write(made[-1], number)
for number in range(posts - topics - on_the_page + 1):
    write(made[number % (topics - 1)], number)
for number in range(on_the_page - 1):
    write(made[-1], number)
client = Client()
client.force_login(users[0])
name = settings.SESSION_COOKIE_NAME
topic = made[-1]
topic.refresh_from_db()
print(
    f"/forum/forum/{forum.slug}-{forum.pk}/topic/{topic.slug}-{topic.pk}/ "
    f"{name}={client.cookies[name].value}"
)
