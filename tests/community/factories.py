"""Rows of the community. Each factory makes one valid row that readers see."""

import factory

from tandemwerk.community.enums import (
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
    TopicKind,
)
from tandemwerk.community.models import Post, Space, SpaceMembership, Topic
from tandemwerk.core.markdown import to_html
from tests.factories import NOON, CarrierFactory, UserFactory


class SpaceFactory(factory.django.DjangoModelFactory):
    """A space for all members; ``group=True``, ``carrier_only=True`` make others."""

    class Meta:
        model = Space

    class Params:
        group = factory.Trait(kind=SpaceKind.GROUP, join_policy=JoinPolicy.OPEN)
        carrier_only = factory.Trait(
            kind=SpaceKind.CARRIER, carrier=factory.SubFactory(CarrierFactory)
        )

    kind = SpaceKind.MEMBERS
    name = factory.Sequence(lambda n: f"Raum {n}")
    slug = factory.Sequence(lambda n: f"raum-{n}")
    reviews_first_posts = False
    created_at = NOON


class SpaceMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SpaceMembership

    space = factory.SubFactory(SpaceFactory, group=True)
    user = factory.SubFactory(UserFactory)
    role = SpaceRole.MEMBER
    state = SpaceMembershipState.ACTIVE
    since = NOON


class TopicFactory(factory.django.DjangoModelFactory):
    """A question with its first post; ``body=`` says its words, ``terms=[...]`` its tags."""

    class Meta:
        model = Topic
        skip_postgeneration_save = True

    space = factory.SubFactory(SpaceFactory)
    kind = TopicKind.QUESTION
    title = factory.Sequence(lambda n: f"Wie machen Sie es {n}?")
    author = factory.SubFactory(UserFactory)
    created_at = NOON
    last_post_at = factory.SelfAttribute("created_at")

    @factory.post_generation
    def body(self, create, extracted, **_kwargs):
        """Make the first post; ``body=False`` makes none."""
        if create and extracted is not False:
            PostFactory(
                topic=self,
                author=self.author,
                body=extracted or "Wir haben eine Frage.",
                created_at=self.created_at,
            )

    @factory.post_generation
    def terms(self, create, extracted, **_kwargs):
        if create:
            self.terms.set(extracted or [])


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    topic = factory.SubFactory(TopicFactory)
    author = factory.SubFactory(UserFactory)
    body = factory.Sequence(lambda n: f"Wir machen es so: {n}.")
    html = factory.LazyAttribute(lambda post: to_html(post.body))
    key = factory.Sequence(lambda n: f"post-{n}")
    created_at = NOON
