"""The vocabulary: what articles and topics are about, curated by editors."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from tandemwerk.core import audit
from tandemwerk.knowledge.errors import TermExistsError
from tandemwerk.knowledge.models import Term
from tandemwerk.knowledge.services.kept import GERMAN
from tandemwerk.people.models import User


@transaction.atomic
def add_term(*, names: Mapping[str, str], order: int, by: User, at: datetime) -> Term:
    """Add a term; German is always among its names. Raises TermExistsError."""
    german = names["de"]
    slug = slugify(german.lower().translate(GERMAN))[:50]
    if not slug or Term.objects.filter(slug=slug).exists():
        raise TermExistsError
    term = Term.objects.create(slug=slug, names=dict(names), order=order)
    audit.record(action="knowledge.add_term", by=by, at=at, target=term, scope="programme/")
    return term


@transaction.atomic
def change_term(
    *, term_id: int, names: Mapping[str, str], order: int, is_retired: bool, by: User, at: datetime
) -> Term:
    """Change what a term is called. Retired ones stay with what has them and are not offered."""
    term = Term.objects.select_for_update().get(pk=term_id)
    term.names, term.order, term.is_retired = dict(names), order, is_retired
    term.save()
    audit.record(action="knowledge.change_term", by=by, at=at, target=term, scope="programme/")
    return term
