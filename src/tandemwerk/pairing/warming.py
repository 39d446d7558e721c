"""Compiles the kernels once; the result lies beside the code, or with the user, for the next."""

import numpy as np

from tandemwerk.pairing.assignment import Instance
from tandemwerk.pairing.bidding import by_bidding


def compile_kernels() -> None:
    """Solve a small problem with a part where volunteers are scarce, a tie and an exchange."""
    rng = np.random.default_rng(1)
    size = 60
    pairs = rng.integers(0, size, (2, 300))
    score = rng.integers(0, 3, 300) / 3
    instance = Instance.checked(
        pairs[0], pairs[1], score, capacity=rng.integers(0, 2, size), newcomers=size
    )
    by_bidding(instance, patience=1)
