import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st


def look_up(typed: str) -> str:
    response = Client().get(reverse("places:lookup"), {"q": typed})
    assert response.status_code == 200
    return response.content.decode()


def test_the_lookup_offers_options_with_postcode_and_place() -> None:
    lines = look_up("Langerr").strip().splitlines()

    assert lines == ['<option value="86853">86853 Langerringen · Landkreis Augsburg</option>']


def test_the_lookup_offers_ten_options_at_most() -> None:
    assert look_up("Berlin").count("<option") == 10


@pytest.mark.parametrize("typed", ["", "A", " A ", "Xyzabc", "<script>"])
def test_the_lookup_of_too_little_or_nothing_known_is_empty(typed: str) -> None:
    assert look_up(typed).strip() == ""


def test_the_lookup_may_be_cached_and_is_the_same_for_everybody() -> None:
    response = Client().get(reverse("places:lookup"), {"q": "Augs"})

    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_the_lookup_only_answers_questions() -> None:
    assert Client().post(reverse("places:lookup"), {"q": "Augs"}).status_code == 405


@settings(deadline=None)
@given(st.text())
def test_the_lookup_answers_any_text(typed: str) -> None:
    look_up(typed)
