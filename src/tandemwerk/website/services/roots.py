"""What Wagtail's migrations make and a website cannot do without; made here where it is missing."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Page
from wagtail_localize.models import Translation

from tandemwerk.knowledge.locales import ensure_locale


def ensure_root() -> Page:
    """Return the root of all pages."""
    root = Page.get_first_root_node()
    if root is None:
        ensure_locale("de")
        root = Page.add_root(instance=Page(title="Root", slug="root"))
    return root


def ensure_collection() -> Collection:
    """Return the root of all collections."""
    root = Collection.get_first_root_node()
    return Collection.add_root(instance=Collection(name="Root")) if root is None else root


def ensure_translation_permission() -> Permission:
    """Return the permission to send a page to be translated."""
    return Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Translation),
        codename="submit_translation",
        defaults={"name": "Can submit translations"},
    )[0]
