"""The editors' area: who enters, how, and what a browser may do there."""

from io import BytesIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Page

from tandemwerk.core.models import AuditEntry
from tandemwerk.programme.enums import Role
from tandemwerk.website.models import ContentPage, Photo
from tandemwerk.website.services.editors import EDITORS, ensure_editor_group, sync_editor
from tests.factories import NOON, MembershipFactory, ProgrammeFactory, UserFactory

pytestmark = pytest.mark.django_db


def member(role: Role, **fields):
    """Return somebody of the network office."""
    return MembershipFactory(role=role, site=None, programme=ProgrammeFactory(), **fields).user


@pytest.fixture
def editor():
    return member(Role.NETWORK_EDITOR)


# ------------------------------------------------------------------ the door


def test_each_role_enters_or_not(sign_in, world, website):
    answers = {role: sign_in(user).get("/cms/").status_code for role, user in world.users.items()}

    editors = {"network", "network_editor", "administrator"}
    assert answers == {role: 200 if role in editors else 403 for role in world.users}


def test_a_moderator_of_the_network_does_not_enter(sign_in):
    answer = sign_in(member(Role.NETWORK_MODERATOR)).get("/cms/pages/")

    assert answer.status_code == 403


def test_without_a_sign_in_one_is_sent_to_the_one_sign_in(client: Client):
    answer = client.get("/cms/pages/", headers={"Accept-Language": "uk"})

    assert answer["Location"] == "/uk/accounts/login/?next=/cms/pages/"


@pytest.mark.parametrize(
    "path", ["login/", "password_reset/", "users/", "users/add/", "groups/", "account/"]
)
def test_wagtails_own_ways_to_accounts_are_closed(sign_in, path: str):
    answer = sign_in(UserFactory(is_superuser=True)).get(f"/cms/{path}")

    assert answer.status_code in {302, 404}


def test_a_second_factor_is_asked_for_here_as_well(sign_in, editor, settings):
    settings.MFA_REQUIRED = True

    answer = sign_in(editor).get("/cms/")

    assert answer["Location"] == reverse("mfa_index")


def test_with_a_second_factor_an_editor_enters(sign_in, editor, settings):
    settings.MFA_REQUIRED = True
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={"secret": "x"})

    answer = sign_in(editor).get("/cms/")

    assert answer.status_code == 200


# ------------------------------------------------------------------ the group follows the role


def test_the_first_visit_gives_the_group_and_says_so(sign_in, editor):
    sign_in(editor).get("/cms/")

    assert [group.name for group in editor.groups.all()] == [EDITORS]
    assert [*AuditEntry.objects.values_list("action", "target_id")] == [
        ("website.let_edit", editor.pk)
    ]


def test_the_next_visit_changes_nothing(sign_in, editor):
    client = sign_in(editor)
    client.get("/cms/")

    client.get("/cms/")

    assert AuditEntry.objects.count() == 1


def test_a_role_taken_away_closes_the_door_at_the_next_click(sign_in, editor):
    client = sign_in(editor)
    client.get("/cms/")
    editor.memberships.all().delete()

    answer = client.get("/cms/")

    assert answer.status_code == 403
    assert [*editor.groups.all()] == []


def test_syncing_asks_once_where_nothing_changes(editor, django_assert_num_queries):
    sync_editor(user=editor, at=NOON)
    prefetched = type(editor).objects.prefetch_related("memberships").get(pk=editor.pk)

    with django_assert_num_queries(1):
        sync_editor(user=prefetched, at=NOON)


def test_making_the_group_twice_makes_one(db):
    first = ensure_editor_group()
    permissions = first.permissions.count(), first.page_permissions.count()

    second = ensure_editor_group()

    assert (second.permissions.count(), second.page_permissions.count()) == permissions
    assert Group.objects.filter(name=EDITORS).count() == 1


# ------------------------------------------------------------------ what editors do


def test_an_editor_changes_a_page_and_everybody_sees_it(sign_in, editor, website):
    page = ContentPage.objects.get(locale__language_code="de", slug="how-it-works")
    client = sign_in(editor)
    address = f"/cms/pages/{page.pk}/edit/"
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "body"}
    data |= {"title": "Ganz anders", "body-count": "0", "action-publish": "1"}
    data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}

    answer = client.post(address, data)

    assert answer.status_code == 302
    assert "<h1>Ganz anders</h1>" in Client().get("/de/how-it-works/").text


@pytest.mark.parametrize("language", ["de", "ar", "fa", "uk"])
def test_the_editors_area_speaks_the_editors_language(sign_in, language: str):
    user = member(Role.NETWORK_EDITOR, user__language=language)

    answer = sign_in(user).get("/cms/", headers={"Accept-Language": "en"})

    assert f'lang="{language}"' in answer.text


def test_a_photo_comes_in_without_what_the_camera_wrote(sign_in, editor):
    exif = Image.Exif()
    exif[0x0110] = "Camera of Sahar"
    exif[0x0112] = 6  # lies on its side
    file = BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "JPEG", exif=exif)
    client = sign_in(editor)
    client.get("/cms/")

    client.post(
        "/cms/images/add/",
        {
            "title": "Tisch",
            "file": SimpleUploadedFile("tisch.jpg", file.getvalue(), "image/jpeg"),
            "collection": "",
            "credit": "",
            "description": "",
            "tags": "",
        },
    )

    photo = Photo.objects.get()
    with photo.file.open() as kept_file, Image.open(kept_file) as kept:
        assert (dict(kept.getexif()), kept.size) == ({}, (40, 60))


def test_a_photo_is_served_in_a_size_and_never_as_it_came(client: Client, settings):
    for folder in ("images", "original_images"):
        (settings.MEDIA_ROOT / folder).mkdir(parents=True)
        (settings.MEDIA_ROOT / folder / "tisch.webp").write_bytes(b"photo")

    small = client.get("/media/images/tisch.webp")
    original = client.get("/media/original_images/tisch.webp")

    assert (small.status_code, original.status_code) == (200, 404)
    assert small["Cache-Control"] == "public, max-age=31536000, immutable"
    assert small["Content-Type"] == "image/webp"
    assert b"".join(small.streaming_content) == b"photo"


@pytest.mark.parametrize("path", ["../secrets", "..%2fsqlite3", "%00", "a/../../b"])
def test_nothing_but_photos_lies_behind_their_address(client: Client, path: str):
    answer = client.get(f"/media/images/{path}")

    assert answer.status_code in {400, 404}


# ------------------------------------------------------------------ content security policy


def policy(answer) -> dict[str, str]:
    """Return the directives of an answer."""
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_the_policy_is_relaxed_for_editors_alone(sign_in, editor, website):
    client = sign_in(editor)

    inside, outside = policy(client.get("/cms/")), policy(client.get("/de/"))

    assert "'unsafe-inline'" in inside["script-src"]
    assert "unsafe" not in " ".join(outside.values())
    assert (inside["frame-ancestors"], outside["frame-ancestors"]) == ("'self'", "'none'")


def test_even_editors_load_nothing_from_elsewhere(sign_in, editor):
    directives = policy(sign_in(editor).get("/cms/"))

    allowed = {word for value in directives.values() for word in value.split()}
    assert allowed == {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


def test_a_refusal_is_not_relaxed(sign_in):
    answer = sign_in(MembershipFactory().user).get("/cms/")

    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_pages_are_shown_in_no_frame_but_the_editors(sign_in, editor, website):
    client = sign_in(editor)

    assert client.get("/cms/")["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get("/de/")["X-Frame-Options"] == "DENY"


def test_there_are_no_pages_that_nobody_may_edit(editor, website):
    sync_editor(user=editor, at=NOON)

    shown = {page for page in Page.objects.all() if page.permissions_for_user(editor).can_edit()}

    assert shown == set(Page.objects.filter(depth__gt=1))
