"""Short constructors of what a polling station tells beyond its opening: materials, boxes, counts.

A count of two candidates is written as `count(KR, 120, 98)`. It is final, of the KPPS, and of the
contest of the regent; `by` says who else has counted, `of` what else.
"""

from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import (
    Ballots,
    CommandKind,
    CountStatus,
    Source,
    StatusKind,
    TpsStatus,
    VoteCount,
)
from streams.domain.ids import AreaCode
from streams.domain.words import Role, Situation
from tests.support.events import command, status
from tests.support.stories import Told
from tests.support.world import REGENT

__all__ = [
    "KPPS",
    "PTPS",
    "WITNESS",
    "arrived",
    "confirm_seal",
    "correcting",
    "count",
    "counted",
    "counting",
    "departed",
    "escorted",
    "materials",
    "provisional",
    "queue",
    "saying",
    "sent_by",
    "short_of_ballots",
    "unrest",
]

KPPS: Final = Source("kpps", Role.KPPS)
PTPS: Final = Source("ptps", Role.PTPS)
WITNESS: Final = Source("saksi", Role.SAKSI, camp="01")


def saying(told: Told, **said: object) -> Told:
    """Let a status or a count say something more, by the names of its fields."""
    return replace(told, event=replace(told.event, **said))


def sent_by(source: Source, told: Told) -> Told:
    """Let somebody else say it."""
    return saying(told, source=source)


def materials(tps: AreaCode, ballots: int | None = None, contest: str = "") -> Told:
    """The materials have come, with so many ballots of a contest."""
    told = saying(status(StatusKind.LOGISTICS_RECEIVED, tps), contest=contest)
    return told if ballots is None else saying(told, ballots=ballots)


def queue(tps: AreaCode, people: int) -> Told:
    """So many people stand before the TPS."""
    return saying(status(StatusKind.HEARTBEAT, tps), queue=people)


def unrest(tps: AreaCode, by: str = "kpps") -> Told:
    """Somebody at the TPS says that there is a disturbance."""
    told = status(StatusKind.HEARTBEAT, tps, by=by)
    return saying(told, situation=Situation.GANGGUAN)


def counting(tps: AreaCode) -> Told:
    """The TPS begins to count."""
    return status(StatusKind.COUNTING_STARTED, tps)


def counted(tps: AreaCode) -> Told:
    """The TPS has counted everything."""
    return status(StatusKind.COUNTING_FINISHED, tps)


def departed(tps: AreaCode, box: str = "", seal: str = "", *escort: str) -> Told:
    """A box leaves the TPS, with those who go with it."""
    told = saying(status(StatusKind.BOX_DEPARTED, tps), box=box, seal=seal)
    return saying(told, escort=escort) if escort else told


def escorted(tps: AreaCode, box: str = "") -> Told:
    """An escort joins a box on its way."""
    return saying(status(StatusKind.ESCORT_JOINED, tps), box=box, escort=("A1",))


def arrived(tps: AreaCode, box: str = "", seal: str = "", *, intact: bool | None = None) -> Told:
    """A box comes in; None: nobody says how its seal is."""
    told = saying(status(StatusKind.BOX_ARRIVED, tps), box=box, seal=seal)
    return told if intact is None else saying(told, seal_intact=intact)


def count(tps: AreaCode, first: int, second: int, by: Source = KPPS, of: str = REGENT[0]) -> Told:
    """Somebody tells the final votes of the two candidates."""
    event = VoteCount(
        id="",
        at="",
        tps=tps,
        contest=of,
        status=CountStatus.FINAL,
        source=by,
        votes={"01": first, "02": second},
    )
    return Told(event=event, place=tps)


def provisional(told: Told) -> Told:
    """Let a count be one that may still change."""
    return saying(told, status=CountStatus.PROVISIONAL)


def short_of_ballots(told: Told) -> Told:
    """Let a count tell of fewer ballots received than it has votes: it cannot be."""
    return saying(told, ballots=Ballots(received=1))


def correcting(of: str, told: Told) -> Told:
    """Let a status or a count take the place of another."""
    assert isinstance(told.event, TpsStatus | VoteCount), "nothing else corrects"
    return saying(told, corrects=of)


def confirm_seal(box: str = "", alert: str = "", tps: AreaCode | None = None) -> Told:
    """Somebody at the control room says that the seal of a box is well."""
    told = saying(command(CommandKind.CONFIRM_SEAL, alert), box=box)
    return saying(told, tps=UNSET if tps is None else tps)
