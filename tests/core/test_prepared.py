"""A question whose SQL is put together once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Func, Q, QuerySet
from pytest_django import DjangoAssertNumQueries

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.prepared import Prepared

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


def entry(scope: str, at: datetime = MORNING, target: int = 1) -> AuditEntry:
    return AuditEntry.objects.create(
        at=at,
        actor_kind="user",
        actor_id=7,
        action="core.test",
        target_type="core.thing",
        target_id=target,
        scope=scope,
    )


def test_it_answers_for_each_values_what_the_query_itself_would() -> None:
    first, second = entry("carrier/1/"), entry("carrier/2/")
    ask = Prepared(lambda scope: AuditEntry.objects.filter(scope=scope).values_list("pk"))

    assert ask("carrier/1/") == [(first.pk,)]
    assert ask("carrier/2/") == [(second.pk,)]
    assert ask("carrier/3/") == []


def test_records_come_as_the_models_own_with_their_types() -> None:
    made = entry("carrier/1/")
    ask = Prepared(lambda key: AuditEntry.objects.filter(pk=key))

    (found,) = ask(made.pk)

    assert found == made
    assert (found.at, found.changes) == (MORNING, {})


def test_any_number_of_words_can_be_asked_for() -> None:
    made = [entry(f"carrier/{number}/") for number in range(3)]
    ask = Prepared(
        lambda key, *scopes: (
            AuditEntry.objects.filter(Q(scope__in=scopes) | Q(target_id=key))
            .order_by("pk")
            .values_list("pk")
        )
    )

    assert ask(9, "carrier/0/") == [(made[0].pk,)]
    assert ask(9, "carrier/0/", "carrier/2/", "nowhere") == [(made[0].pk,), (made[2].pk,)]


def test_moments_are_compared_as_moments() -> None:
    late = entry("", MORNING + timedelta(hours=2))
    entry("", MORNING)
    ask = Prepared(
        lambda after, until: AuditEntry.objects.filter(at__gt=after, at__lte=until).values_list(
            "pk"
        )
    )

    assert ask(MORNING, MORNING + timedelta(hours=2)) == [(late.pk,)]
    assert ask(MORNING, MORNING + timedelta(hours=1)) == []


@pytest.mark.parametrize("word", ["1", "%", "_", "\\", "'"])
def test_what_a_text_contains_is_asked_for_as_the_query_itself_would(word: str) -> None:
    for scope in ("carrier/1/", "100 %", "a_b", "back\\slash", "it's"):
        entry(scope)

    def make(*words: str) -> QuerySet[AuditEntry, str]:
        found = AuditEntry.objects.order_by("scope").values_list("scope", flat=True)
        for each in words:
            found = found.filter(scope__icontains=each)
        return found

    ask = Prepared(make)

    assert ask(word) == list(make(word)) != []
    assert ask("r", word) == list(make("r", word))


def test_days_are_compared_as_days() -> None:
    made = entry("", MORNING)
    ask = Prepared(lambda day: AuditEntry.objects.filter(at__date=day).values_list("pk", flat=True))

    assert ask(MORNING.date()) == [made.pk]
    assert ask(MORNING.date() + timedelta(days=1)) == []


def test_joined_records_and_single_values_come_as_the_query_says() -> None:
    made = entry("carrier/1/")
    ask = Prepared(lambda scope: AuditEntry.objects.filter(scope=scope).values("pk", "at"))

    assert ask("carrier/1/") == [{"pk": made.pk, "at": MORNING}]


def test_a_query_that_has_no_answer_by_itself_is_not_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ask = Prepared(lambda *keys: AuditEntry.objects.filter(pk__in=keys))

    with django_assert_num_queries(0):
        assert ask() == []


def test_the_same_value_may_be_used_in_several_places() -> None:
    made = entry("carrier/1/", target=7)
    ask = Prepared(lambda key: AuditEntry.objects.filter(target_id=key, actor_id=key))

    assert ask(7) == [made]
    assert ask(1) == []


def test_what_the_query_says_by_itself_stays() -> None:
    made = entry("carrier/1/")
    ask = Prepared(
        lambda key: (
            AuditEntry.objects.filter(target_id=key, actor_kind="user")
            .order_by()
            .values_list(Func("pk", function="MAX"))
        )
    )

    assert ask(1) == [(made.pk,)]
    assert ask(2) == [(None,)]


def test_it_is_put_together_once_for_each_number_of_values(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = []

    def make(*scopes: str) -> QuerySet[AuditEntry, tuple[int]]:
        made.append(scopes)
        return AuditEntry.objects.filter(scope__in=scopes).values_list("pk")

    ask = Prepared(make)

    with django_assert_num_queries(5):
        for scopes in (["a"], ["b"], ["a", "b"], ["c", "d"], ["e"]):
            ask(*scopes)

    assert [len(scopes) for scopes in made] == [1, 2]


def test_a_value_that_the_query_changes_is_refused_at_once() -> None:
    ask = Prepared(lambda scope: AuditEntry.objects.filter(scope=f"{scope}site/1/"))

    with pytest.raises(ValueError, match="does not come through as it is"):
        ask("carrier/1/")
