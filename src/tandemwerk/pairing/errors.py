"""What can go wrong in the pairing engine. Every message is one line a person can act on."""


class PairingError(Exception):
    """Base of everything that this package raises on purpose."""


class PairingInputError(PairingError, ValueError):
    """People, candidates or weights that cannot be worked with."""


class InvalidAssignmentError(PairingError, ValueError):
    """An assignment that breaks its own promise; the message names what is broken."""
