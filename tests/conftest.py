"""What every test has: an environment, a clock that can be moved, a small world."""

import pytest
from django.conf import settings
from django.test import Client

from tests.world import World, make_world


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of locks and threads need PostgreSQL; elsewhere they do not exist."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine.endswith("postgresql"):
        return
    items[:] = [item for item in items if item.get_closest_marker("postgres") is None]


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
