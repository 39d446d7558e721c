import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

LANGUAGES = [code for code, _name in settings.LANGUAGES]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["styleguide", "example_home", "example_start", "appearance"])
def test_the_living_pages_answer_in_every_language(client, language, name):
    with override(language):
        answer = client.get(reverse(f"ui:{name}"))

    direction = "rtl" if language in ("ar", "fa") else "ltr"
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in answer.text


def test_the_same_page_is_offered_in_every_language(client):
    text = client.get("/de/styleguide/?page=3").text

    for code, name in [("en", "English"), ("ar", "العربيّة"), ("uk", "Українська")]:
        assert f'<a href="/{code}/styleguide/?page=3" lang="{code}"' in text
        assert f"<bdi>{name}</bdi>" in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_server_knows_the_theme_from_a_cookie(client, theme):
    client.cookies["theme"] = theme
    client.cookies["contrast"] = "more"

    text = client.get("/de/styleguide/").text

    assert f'data-bs-theme="{theme}" data-contrast="more">' in text


def test_a_cookie_that_is_not_ours_changes_nothing(client):
    client.cookies["theme"] = '"><script>'

    assert "data-bs-theme" not in client.get("/de/styleguide/").text


def test_the_choice_of_appearance_is_remembered_and_leads_back(client):
    answer = client.post(
        "/de/appearance/", {"theme": "dark", "contrast": "auto", "next": "/de/styleguide/"}
    )

    assert (answer.status_code, answer.url) == (302, "/de/styleguide/")
    assert client.cookies["theme"].value == "dark"
    assert client.cookies["theme"]["samesite"] == "Lax"
    assert client.cookies["contrast"].value == ""


def test_the_choice_of_appearance_leads_to_no_other_host(client):
    answer = client.post(
        "/de/appearance/", {"theme": "dark", "contrast": "auto", "next": "https://evil.example/"}
    )

    assert answer.url == "/de/appearance/"


def test_an_appearance_that_nobody_offers_is_refused(client):
    answer = client.post("/de/appearance/", {"theme": "pink", "contrast": "auto"})

    assert answer.status_code == 422
    assert "data-error-summary" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["400", "500"])
def test_pages_of_trouble_need_neither_request_nor_database(language, name, django_db_blocker):
    with override(language), django_db_blocker.block():
        html = render_to_string(f"{name}.html")

    assert f'<html lang="{language}"' in html
    assert "<h1>" in html


def test_a_missing_page_is_in_the_look(client):
    answer = client.get("/de/nowhere/")

    assert answer.status_code == 404
    assert 'class="trouble"' in answer.text


def test_a_form_without_our_token_is_explained():
    answer = Client(enforce_csrf_checks=True).post("/de/appearance/", {"theme": "dark"})

    assert answer.status_code == 403
    assert 'class="trouble"' in answer.text
