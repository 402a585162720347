"""Computes the hash chain again over lines that were found, and says where it breaks.

A hash cannot tell a line that was changed from one before it that was taken away: both leave a
link that fits nothing. What can be told apart is told apart. Nor does a chain know its own end:
lines that were cut off behind the last one are found only by who has kept a later hash
(`--known`), or judges the journal again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from streams.cli.told_lines import FoundLine
from streams.wire.chain import GENESIS, Chain, Place

__all__ = ["Fault", "Whole", "check_lines"]


class Whole(Struct, frozen=True):
    """A partition whose lines are as they were told."""

    partition: int
    lines: int
    unchained: int
    """Lines at its beginning that an older version told, without a chain."""
    unsure: int
    """Of these, those that do not lead to the first link, so that nothing is known of them."""
    end: Chain
    links: frozenset[str]
    """All that the chain came to, one after the other."""


class Fault(Struct, frozen=True):
    """The first thing that is wrong in a partition."""

    where: str
    place: Place
    detail: str

    def __str__(self) -> str:
        """Return it as a sentence for people."""
        partition, offset, n = self.place
        name = f"partition {partition}, journal record {offset}, line {n}"
        return f"{self.where}: {name}: {self.detail}"


class _Broken(Exception):  # noqa: N818 - A verdict on the lines, not an error of ours.
    def __init__(self, found: FoundLine, detail: str) -> None:
        super().__init__(detail)
        self.fault = Fault(found.where, found.told.place, detail)


def check_lines(found: Iterable[FoundLine]) -> Iterator[Whole | Fault]:
    """Yield one verdict for each partition, the lowest first."""
    partitions = defaultdict[int, list[FoundLine]](list)
    for one in found:
        partitions[one.told.partition].append(one)
    for number in sorted(partitions):
        try:
            lines = _in_order(partitions[number])
            _look_for_gaps(lines)
            yield _follow(number, lines)
        except _Broken as broken:
            yield broken.fault


def _in_order(found: Sequence[FoundLine]) -> list[FoundLine]:
    """Return each line once, both topics in the one order in which they were told."""
    first = dict[Place, FoundLine]()
    last = defaultdict[str, Place](lambda: (0, -1, 0))
    for one in found:
        place = one.told.place
        if (known := first.get(place)) is not None:
            # Who took over may repeat what was told, byte for byte.
            if known.told != one.told:
                raise _Broken(one, f"it stands at {known.where} with other content or chain")
            continue
        if place < last[one.series]:
            raise _Broken(one, "out of place: a later line stands before it")
        first[place] = one
        last[one.series] = place
    return [first[place] for place in sorted(first)]


def _look_for_gaps(lines: Sequence[FoundLine]) -> None:
    """The lines of a journal record are numbered from 0."""
    seen = Counter[Place]()
    for one in lines:
        partition, offset, n = one.told.place
        if n != seen[partition, offset, 0]:
            raise _Broken(one, f"line {n - 1} of the same journal record is missing before it")
        seen[partition, offset, 0] += 1


def _follow(partition: int, lines: Sequence[FoundLine]) -> Whole:
    chain, links = GENESIS, set[str]()
    unchained = unsure = 0
    for number, one in enumerate(lines):
        told = one.told
        restricted = told.restricted
        following = chain.after(told.place, told.value, restricted=restricted)
        link = following.header(restricted=restricted).decode()
        if not told.chain and not links:
            unchained += 1
        elif told.chain == link:
            links.add(link)
        elif unchained and _is_first_of_its_kind(lines[unchained:number], told.restricted):
            # An older version judged otherwise, so what it told leads elsewhere.
            unsure = unchained
            following = _taken_on(one, following)
            links.add(told.chain)
        else:
            raise _Broken(one, _why(chain, lines[number:]))
        chain = following
    return Whole(partition, len(lines), unchained, unsure, chain, frozenset(links))


def _is_first_of_its_kind(before: Sequence[FoundLine], restricted: bool) -> bool:  # noqa: FBT001  a kind, compared
    return all(one.told.restricted != restricted for one in before)


def _taken_on(found: FoundLine, chain: Chain) -> Chain:
    """Return the chain as a line says that it is."""
    try:
        link = bytes.fromhex(found.told.chain)
    except ValueError as error:
        raise _Broken(found, "its chain is no hash") from error
    if not link:
        raise _Broken(found, "it has no chain, and a line before it has one")
    return Chain(chain.open, link) if found.told.restricted else Chain(link, chain.restricted)


def _why(chain: Chain, rest: Sequence[FoundLine]) -> str:
    """Return what is wrong with the first of these lines, before which the chain stood here."""
    wrong = rest[0].told
    if not wrong.chain:
        return "it has no chain, and a line before it has one"
    for one in rest[1:]:
        told = one.told
        chain = chain.after(told.place, told.value, restricted=told.restricted)
        if told.restricted == wrong.restricted:
            if told.chain == chain.header(restricted=told.restricted).decode():
                return "put in: the next line follows from the one before it"
            break
    return "changed, or a line before it is missing"
