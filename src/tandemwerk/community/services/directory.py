"""What members tell about themselves: written by them alone, shown when they say so."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tandemwerk.community.models import Profile
from tandemwerk.core import audit
from tandemwerk.knowledge.models import Term
from tandemwerk.people.models import User

FIELDS = ("about", "ask_me_about", "hosts_visits", "is_listed", "takes_questions")


@transaction.atomic
def save_profile(
    *,
    by: User,
    at: datetime,
    expertise: Iterable[Term],
    languages: Sequence[str],
    **fields: Any,
) -> Profile:
    """Keep what ``by`` tells about themselves. ``fields`` are those of FIELDS."""
    kept = {name: fields[name] for name in FIELDS}
    profile, _ = Profile.objects.update_or_create(
        user=by, defaults={**kept, "languages": list(languages), "changed_at": at}
    )
    profile.expertise.set(expertise)
    audit.record(
        action="community.save_profile",
        by=by,
        at=at,
        target=profile,
        changes={"is_listed": profile.is_listed},
    )
    return profile
