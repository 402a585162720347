"""What follows when an attempt is given up: the next way, another round, or nothing more.

    way 0 ─► way 1 ─► … ─► (a receipt says that nobody was reached) ─ rests ─► way 0 again ─► …

A notice begins no new round when it is two hours old: by then its alert has climbed, and who is
told late of what others have long been doing is told something wrong.
"""

from typing import Final

from streams.delivery.parcel import ATTEMPTS_MAX, Parcel

__all__ = ["KEEP_S", "ROUND_S", "following"]

KEEP_S: Final = 7_200.0
"""How old a notice may be for another round to begin."""
ROUND_S: Final = 300.0
"""How long a notice rests between two rounds."""


def following(parcel: Parcel, now: float) -> Parcel | None:
    """Return a parcel at its next attempt; None: there is none, it is settled."""
    if parcel.is_dead:
        return None
    one = parcel.on(parcel.attempt + 1)
    if one.round == parcel.round:
        return one
    is_over = now - parcel.since > KEEP_S or one.attempt > ATTEMPTS_MAX
    return None if is_over else one
