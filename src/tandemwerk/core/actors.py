"""Who does something: an account, a person through a link, or the programme itself."""

from typing import Final, Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """What the audit trail keeps of somebody: a kind and a number, never a name."""

    @property
    def actor_kind(self) -> str:
        """``user``, ``person`` (through a link of their own) or ``system``."""
        ...

    @property
    def actor_id(self) -> int | None: ...


class _System:
    """The programme itself: tasks and commands that nobody pressed."""

    actor_kind = "system"
    actor_id = None


SYSTEM: Final[Actor] = _System()
