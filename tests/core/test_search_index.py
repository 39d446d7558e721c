"""The index follows what the rooms say, and shows nobody what is not theirs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from tandemwerk.core import search
from tandemwerk.core.models import SearchDocument, SearchWord
from tandemwerk.core.search import Document, Hit, IndexedSource, asking, store
from tandemwerk.core.search import sources as registry

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def notes(monkeypatch) -> dict[int, Document]:
    """Give a source of its own: a dictionary whose documents the test changes."""
    kept: dict[int, Document] = {}

    def documents(ids: list[int] | None) -> Iterator[Document]:
        yield from (each for pk, each in kept.items() if ids is None or pk in ids)

    def hits(user, ids: list[int]) -> dict[int, Hit]:
        return {pk: Hit(title=kept[pk].title, url=f"/{pk}") for pk in ids if pk in kept}

    source = IndexedSource(name="notes", label="Notes", icon="book", documents=documents, hits=hits)
    monkeypatch.setattr(registry, "_indexed", {"notes": source})
    return kept


def note(pk: int, title: str, text: str = "", audience: str = "public") -> Document:
    return Document(object_id=pk, language="de", audience=audience, title=title, text=text)


def titles(text: str) -> list[str]:
    return [each.hit.title for each in search.search(NOBODY, text, language="de").results]


def test_what_was_refreshed_is_found(notes):
    notes[1] = note(1, "Das Führungszeugnis")

    search.refresh("notes", [1])

    assert titles("führungszeugnis") == ["Das Führungszeugnis"]


def test_what_changed_is_found_by_its_new_words_alone(notes):
    notes[1] = note(1, "Das Führungszeugnis")
    search.refresh("notes", [1])
    notes[1] = note(1, "Der Fahrplan")

    search.refresh("notes", [1])

    assert (titles("führungszeugnis"), titles("fahrplan")) == ([], ["Der Fahrplan"])


def test_what_is_gone_is_forgotten(notes):
    notes[1] = note(1, "Das Führungszeugnis")
    search.refresh("notes", [1])
    del notes[1]

    search.refresh("notes", [1])

    assert SearchDocument.objects.count() == 0


def test_an_audience_of_others_is_not_searched(notes):
    notes[1] = note(1, "Das Führungszeugnis", audience="space/1")

    search.refresh("notes", [1])

    assert titles("führungszeugnis") == []


def test_an_index_that_is_behind_shows_nothing_that_the_source_refuses(notes):
    notes[1] = note(1, "Das Führungszeugnis")
    search.refresh("notes", [1])

    notes.clear()

    assert titles("führungszeugnis") == []


def test_the_whole_index_can_be_built_again(notes):
    notes.update({1: note(1, "Das Führungszeugnis"), 2: note(2, "Der Fahrplan")})

    search.reindex()

    assert (titles("zeugnis"), titles("fahrplan")) == (["Das Führungszeugnis"], ["Der Fahrplan"])


def test_building_again_forgets_what_no_room_has_any_more(notes):
    notes.update({1: note(1, "Das Führungszeugnis"), 2: note(2, "Der Fahrplan")})
    search.reindex()
    del notes[1]

    search.reindex()

    assert list(SearchDocument.objects.values_list("object_id", flat=True)) == [2]


def test_words_are_counted_and_forgotten(notes):
    notes.update({1: note(1, "Zeugnis"), 2: note(2, "Zeugnisse"), 3: note(3, "Fahrplan")})
    search.refresh("notes", [1, 2, 3])
    search.remove("notes", [3])

    search.recount()

    counted = SearchWord.objects.order_by("word").values_list("word", "documents")
    assert list(counted) == [("zeugnis", 2), ("zeugnisse", 2)]


def test_an_object_is_found_once_whatever_languages_it_has(notes):
    both = [
        note(1, "Tandem"),
        Document(object_id=1, language="en", audience="public", title="Tandem"),
    ]
    source = search.indexed_sources()[0]
    notes[1] = both[0]
    search.put(source.name, both)

    assert titles("tandem") == ["Tandem"]


def test_the_command_says_how_many_there_are_and_refuses_what_is_unknown(notes, capsys):
    notes[1] = note(1, "Das Führungszeugnis")

    call_command("reindex")

    assert capsys.readouterr().out.startswith("1 documents in ")
    with pytest.raises(CommandError, match="there is no poems; there are notes"):
        call_command("reindex", "poems")


def test_similar_finds_what_has_been_asked_and_not_itself(notes):
    notes.update(
        {
            1: note(1, "Wie lange gilt das Führungszeugnis?"),
            2: note(2, "Führungszeugnis für Minderjährige"),
            3: note(3, "Fahrtkosten abrechnen"),
        }
    )
    search.reindex()

    found = search.similar(NOBODY, "Gilt ein Führungszeugnis lange?", without=("notes", 2))

    assert [each.object_id for each in found] == [1]


def test_what_is_out_of_date_comes_later_and_the_newer_of_equals_first(notes):
    old, new = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    notes.update(
        {
            1: replace(note(1, "Fahrplan eins"), weight=0.4, at=new),
            2: replace(note(2, "Fahrplan zwei"), at=old),
            3: replace(note(3, "Fahrplan drei"), at=new),
        }
    )

    search.reindex()

    assert titles("fahrplan") == ["Fahrplan drei", "Fahrplan zwei", "Fahrplan eins"]


def test_every_source_is_counted_and_one_can_be_chosen(notes, monkeypatch):
    other = replace(search.indexed_sources()[0], name="others")
    monkeypatch.setitem(registry._indexed, "others", other)
    notes.update({1: note(1, "Fahrplan"), 2: note(2, "Fahrplan")})
    search.reindex()

    found = search.search(NOBODY, "fahrplan", language="de", sources=["others"])

    assert [(each.name, count) for each, count in found.counts] == [("notes", 2), ("others", 2)]
    assert {each.source.name for each in found.results} == {"others"}


def test_very_many_are_not_counted_but_the_weightiest_are_found(notes, monkeypatch):
    monkeypatch.setattr(asking, "MOST_COUNTED", 4)
    monkeypatch.setattr(asking, "CANDIDATES", 4)
    monkeypatch.setattr(store, "MOST_SORTED", 4)
    for number in range(1, 10):
        notes[number] = replace(note(number, f"Treffen {number}"), weight=1 + number / 10)
    search.refresh("notes", notes)
    search.recount()

    found = search.search(NOBODY, "Treffen", language="de")

    assert [(source.name, count) for source, count in found.counts] == [("notes", 4)]
    assert (found.total, found.more, found.listed) == (4, {"notes"}, 4)
    assert [each.object_id for each in found.results] == [9, 8, 7, 6]
