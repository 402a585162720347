"""Short constructors of counts for stories: who counted what, with everything else left out."""

from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import Ballots, CountStatus, Source, VoteCount, Voters
from streams.domain.forms import Form, Ledger, add, side_of
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.journal import AcceptedCount, Origin
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Role

__all__ = [
    "CONTEST",
    "TPS",
    "ballots",
    "bare",
    "corrected",
    "form",
    "full_count",
    "ledger_of",
    "ms",
    "voters",
]

CONTEST: Final = "kades"
TPS: Final = AreaCode("36.04.17.2010-001")


def ms(minute: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(minute * MINUTE_MS))


def form(
    votes: dict[str, int], minute: float = 0, source: Source | None = None, *, final: bool = True
) -> Form:
    """Return a count of votes alone; without a source that of the KPPS. Its id is the minute."""
    by = source or Source("kpps", Role.KPPS)
    return Form(
        contest=CONTEST,
        side=side_of(by),
        at=ms(minute),
        id=f"{minute:g}",
        source=by.id,
        offset=f"0:{round(minute * 10)}",
        status=CountStatus.FINAL if final else CountStatus.PROVISIONAL,
        votes=tuple(sorted(votes.items())),
    )


def corrected(new: Form, old: Form) -> Form:
    """Return a form that says that it replaces another."""
    return replace(new, corrects=old.id)


def ballots(of: Form, received: int, used: int, spoiled: int, unused: int) -> Form:
    """Return a form that tells of ballots as well."""
    return replace(of, received=received, used=used, spoiled=spoiled, unused=unused)


def voters(of: Form, dpt: int, dptb: int | None = None, dpk: int | None = None) -> Form:
    """Return a form that tells of voters as well."""
    return replace(of, dpt=dpt, dptb=dptb, dpk=dpk)


def ledger_of(*forms: Form) -> Ledger:
    """Let forms arrive one after the other."""
    ledger = Ledger()
    for one in forms:
        ledger = add(ledger, one)
    return ledger


def full_count(role: Role = Role.SAKSI) -> AcceptedCount:
    """Return an accepted count that tells everything that can be told."""
    event = VoteCount(
        id="c1",
        at="",
        tps=TPS,
        contest=CONTEST,
        status=CountStatus.FINAL,
        source=Source("s1", role, camp="merah"),
        votes={"02": 98, "01": 120},
        valid=218,
        invalid=5,
        ballots=Ballots(246, 223, 1, 22),
        voters=Voters(220, 2, 1),
        corrects="c0",
        image_sha256="a" * 64,
    )
    return AcceptedCount(
        received_at=ms(2),
        at=ms(1),
        origin=Origin("vote.counts", 0, 7),
        election=ElectionId("rejang-lebong"),
        place=TPS,
        digest="",
        event=event,
    )


def bare(count: AcceptedCount) -> AcceptedCount:
    """Return an accepted count that tells of nothing but votes."""
    untold = replace(
        count.event,
        valid=UNSET,
        invalid=UNSET,
        ballots=UNSET,
        voters=UNSET,
        image_sha256=UNSET,
        corrects="",
    )
    return replace(count, event=untold)
