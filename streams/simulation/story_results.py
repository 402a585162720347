"""How the people of a story vote, where the story does not write each form itself.

On an ordinary day luck says who leads in a contest, and by far (`tally`). Some stories need it
otherwise: close, or ahead here and behind there. So a story may say how an area leans, and the
ordinary forms from there keep who sends them, when, and how many ballots they have, and change only
for whom these are:

    valid 305, leaning 2 : 1    ──►    provisional    "01" 203, "02" 101: rounded down
                                       final          the rest goes to the largest remainders

Every copy of a form has the same ballots, so all copies still agree (V06); and what is rounded down
never falls while more is read (V04).
"""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.domain.events import CountStatus, VoteCount
from streams.domain.ids import AreaCode
from streams.simulation.post import VOTE_COUNTS, Post
from streams.territory.plan import covers

__all__ = ["Leaning", "as_led"]

_decode: Final = msgspec.json.Decoder(VoteCount).decode
_encode: Final = msgspec.json.Encoder().encode


class Leaning(Struct, frozen=True):
    """How an area votes in a contest."""

    area: AreaCode
    contest: str
    shares: Mapping[str, int]
    """Of each choice, as parts of their sum."""


def as_led(post: Post, leanings: Iterable[Leaning]) -> Post:
    """Return an ordinary form as its area votes; any other message as it is."""
    if post.topic != VOTE_COUNTS or post.dead is not None:
        return post
    here = [one for one in leanings if covers(one.area, post.tps)]
    if not here:
        return post
    form = _decode(post.value)
    fitting = [one for one in here if one.contest == form.contest]
    if not fitting:
        return post
    nearest = max(fitting, key=lambda one: len(one.area))
    return replace(post, value=_encode(_led(form, nearest.shares)))


def _led(form: VoteCount, shares: Mapping[str, int]) -> VoteCount:
    valid, whole = sum(form.votes.values()), sum(shares.values())
    votes = {choice: valid * share // whole for choice, share in sorted(shares.items())}
    if form.status is CountStatus.FINAL:
        largest = sorted(votes, key=lambda choice: (-(valid * shares[choice] % whole), choice))
        for choice in largest[: valid - sum(votes.values())]:
            votes[choice] += 1
    return replace(form, votes=votes, valid=sum(votes.values()))
