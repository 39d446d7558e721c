import pytest
from django.test import Client

from tandemwerk.places.outlines import KREISE_FILE, LAENDER_FILE


@pytest.mark.django_db  # a finished answer closes connections that got too old
@pytest.mark.parametrize("name", [KREISE_FILE, LAENDER_FILE])
def test_outlines_are_served_as_what_they_are(name: str, settings, tmp_path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True

    response = Client().get(f"/static/{name}")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/geo+json")
    response.close()
