# SPDX-License-Identifier: GPL-2.0-or-later
"""How likely a difference between two rankings is to be noise."""
import random

TIMES = 10_000


def chance(differences):
    """Returns how often a sum as far from 0 comes up when each difference may as well be the other way round.

    A paired randomisation test, always with the same seed. Cost: TIMES additions a difference that is not 0.
    """
    moved = [d for d in differences if d]
    seen = abs(sum(moved))
    rng = random.Random(1)
    as_far = 0
    for _ in range(TIMES):
        signs = rng.getrandbits(len(moved)) if moved else 0
        total = sum(d if signs >> i & 1 else -d for i, d in enumerate(moved))
        as_far += abs(total) >= seen - 1e-12
    return (as_far + 1) / (TIMES + 1)
