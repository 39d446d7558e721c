"""What can stand in the way of a write."""

from tandemwerk.knowledge.content import Content
from tandemwerk.people.models import User


class EditConflictError(Exception):
    """Somebody else has saved since the form was opened. Nothing was changed."""

    def __init__(self, *, current: Content, revision_id: int, by: User | None) -> None:
        super().__init__("the article has a newer revision")
        self.current = current
        self.revision_id = revision_id
        self.by = by


class TooWideError(Exception):
    """The article would be open to more people than what it was made from."""

    def __init__(self, origin: str) -> None:
        super().__init__(f"made from something for {origin}")
        self.origin = origin


class OwnReviewError(Exception):
    """Whoever wrote the words does not review them."""


class NothingToReviewError(Exception):
    """No words wait for a review."""


class TranslationExistsError(Exception):
    """There is a version in that language already."""


class AdaptationExistsError(Exception):
    """The carrier has a version of its own already."""


class NotARecommendationError(Exception):
    """Only recommendations get responses."""


class NameTakenError(Exception):
    """There is a list of that name already."""


class TermExistsError(Exception):
    """There is a term with that German word already."""
