"""Checks of one form, or of the forms of one TPS and contest: V01, V02, V04, V06."""

from itertools import combinations

from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.forms import AUTHORISED, is_final, total, votes
from tests.oracle.rows import V03_LIMIT_PERCENT, V03_VOTERS
from tests.oracle.values import Json, integer, part

__all__ = ["disagreement", "failing", "fallen", "impossible", "is_full"]


def failing(form: Event) -> set[str]:
    """V01: the sums that fail, "each where both sides are told"."""
    value, ballots = form.value, part(form.value, "ballots")
    valid, used = integer(value, "valid"), integer(ballots, "used")
    sums = {
        "votes": (total(form), valid),
        "used": (_sum(valid, integer(value, "invalid")), used),
        "voters": (used, _voters(form)),
        "received": (
            _sum(used, integer(ballots, "spoiled"), integer(ballots, "unused")),
            integer(ballots, "received"),
        ),
    }
    return {
        check
        for check, (one, other) in sums.items()
        if one is not None and other is not None and _apart(form, one, other)
    }


def _apart(form: Event, one: int, other: int) -> bool:
    """V01 "final 0; provisional >max(3, 3 %)", of the larger side."""
    difference = abs(one - other)
    if is_final(form):
        return difference > 0
    return difference > 3 and difference * 100 > 3 * max(one, other)


_LISTS = ("dpt", "dptb", "dpk")


def _sum(*addends: int | None) -> int | None:
    """A sum that is told only if each part of it is."""
    known = [addend for addend in addends if addend is not None]
    return sum(known) if len(known) == len(addends) else None


def _voters(form: Event) -> int | None:
    """Σ voters, if the form names all three lists: who is not named is not nobody."""
    voters = part(form.value, "voters")
    return _sum(*(integer(voters, name) for name in _LISTS))


def _came(form: Event) -> int:
    """How many have voted at least: ballots used, voters named, votes."""
    voters, value = part(form.value, "voters"), form.value
    named = sum(integer(voters, name) or 0 for name in _LISTS)
    used = integer(part(value, "ballots"), "used") or 0
    return max(used, named, integer(value, "valid") or 0, total(form))


def impossible(folder: Folder, form: Event) -> bool:
    """V02: a number that cannot be; such a form is in no total."""
    value, ballots = form.value, part(form.value, "ballots")
    voters = part(value, "voters")
    if any(number < 0 for number in (*votes(form).values(), *_numbers(value, ballots, voters))):
        return True
    received = integer(ballots, "received")
    valid = max(integer(value, "valid") or 0, total(form))
    if received is not None and valid > received:
        return True
    came = _came(form)
    if came > folder.with_reserve(folder.max_voters):
        return True
    dpt = folder.place(form.place.tps).dpt
    return dpt is not None and came > _may_vote(folder, dpt, voters)


def is_full(folder: Folder, form: Event) -> bool:
    """V03 "turnout high": of the DPT of the plan and of whom the form tells besides.

    A form that cannot be, and a TPS that the plan does not have, say nothing.
    """
    place, voters = folder.place(form.place.tps), part(form.value, "voters")
    if place.dpt is None or impossible(folder, form):
        return False
    lists = place.dpt + (integer(voters, "dptb") or 0) + (integer(voters, "dpk") or 0)
    limit = V03_LIMIT_PERCENT[place.tps_class]
    return lists >= V03_VOTERS and _came(form) * 100 >= limit * lists


def _numbers(*parts: Json) -> list[int]:
    return [got for some in parts for name in some if (got := integer(some, name)) is not None]


def _may_vote(folder: Folder, dpt: int, voters: Json) -> int:
    """Those who may vote there: the reserve stands for others where the form names none."""
    dptb, dpk = integer(voters, "dptb"), integer(voters, "dpk")
    if dptb is None and dpk is None:
        return folder.with_reserve(dpt)
    return dpt + (dptb or 0) + (dpk or 0)


def fallen(history: list[Event]) -> set[str]:
    """V04: choices that have fewer votes than an earlier form of the side had."""
    found: dict[str, list[int]] = {}
    for form in history:
        for choice, number in votes(form).items():
            found.setdefault(choice, []).append(number)
    return {choice for choice, told in found.items() if told[-1] < max(told)}


def disagreement(by_side: dict[str, list[Event]]) -> str:
    """V06: the severity of the worst difference between two sides' finals, or the empty text.

    A side that has counted on since its final form has none.
    """
    last = {
        side: forms[-1]
        for side, forms in by_side.items()
        if (side in AUTHORISED or side.startswith("witnesses")) and is_final(forms[-1])
    }
    apart = [
        (votes(one), votes(other))
        for one, other in combinations(last.values(), 2)
        if any(votes(other).get(choice, got) != got for choice, got in votes(one).items())
    ]
    if any(_winners(one) != _winners(other) for one, other in apart):
        return "high"
    return "medium" if apart else ""


def _winners(counted: dict[str, int]) -> set[str]:
    return {choice for choice, got in counted.items() if got == max(counted.values())}
