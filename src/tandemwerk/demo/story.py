"""What happens in the demo after its people are there, told through the services."""

from datetime import datetime


def tell_the_story(*, at: datetime) -> None:
    """Let the first site ask the engine for pairs, propose some of them and write to both."""
