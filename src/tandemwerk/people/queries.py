"""What other rooms read about people."""

from tandemwerk.people.consent_texts import TEXTS, current_version
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import Consent


def consent_text(purpose: ConsentPurpose, language: str, version: int | None = None) -> str:
    """Return the words to agree to in ``language``, the newest unless said otherwise."""
    texts = TEXTS[purpose, version or current_version(purpose)]
    return texts.get(language, texts["de"])


def consents_in_force(person_id: int) -> set[str]:
    """Return the purposes that somebody agrees to at present."""
    lines = Consent.objects.filter(person_id=person_id, withdrawn_at=None)
    return set(lines.values_list("purpose", flat=True))
