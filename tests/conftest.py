"""What every test has: an environment, a clock that can be moved, a small world."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.installation import Installation, Pristine
from tests.world import World, make_world


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of locks and threads need PostgreSQL; elsewhere they do not exist."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine.endswith("postgresql"):
        return
    items[:] = [item for item in items if item.get_closest_marker("postgres") is None]


@pytest.fixture(autouse=True)
def _german() -> None:
    """Begin each test in the language of the installation, whatever the one before has read."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _plain_files(settings, tmp_path):
    """Serve static files by their plain names and keep uploads in a folder of the test."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    settings.CACHES = {
        name: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": f"{tmp_path}/{name}",
        }
        for name in ("default", "memory")
    }
    # Pages are kept where a test asks for it: tests change rows behind the services' backs.
    settings.CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


@pytest.fixture
def kept_pages(settings, tmp_path) -> None:
    """Keep pages in memory, as the server does."""
    settings.CACHES = settings.CACHES | {
        "pages": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": f"{tmp_path}/pages",
        }
    }


@pytest.fixture
def world(db) -> World:
    """Give the small world: two carriers, three sites, somebody in every role."""
    return make_world()


@pytest.fixture
def sign_in(client: Client):
    """Sign an account in: ``sign_in(user)`` returns the client."""

    def sign_in(user) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Pristine]:
    """Keep a copy of the database before any test has touched it."""
    with django_db_blocker.unblock():
        pristine = Pristine(tmp_path_factory.mktemp("pristine"))
    yield pristine
    pristine.close()


@pytest.fixture
def installation(db, django_db_setup: Pristine, tmp_path) -> Iterator[Installation]:
    """Give an installation of its own: a copy of the database, a folder, real processes."""
    with django_db_setup.copy(tmp_path) as database_url:
        installation = Installation(tmp_path, database_url)
        yield installation
        installation.kill()
