"""Documents that tests of the read model put in: reports, replies, pictures, dead letters."""

from typing import Final

from streams.domain.alert import Text
from streams.domain.effects import DecidedBy, ReplyOutcome, TriageStatus
from streams.domain.events import CommandKind
from streams.domain.facts import Stage
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import EpochMs
from streams.domain.words import TpsClass
from streams.wire.documents import EvidenceDocument, ReplyDocument, TriageDocument
from streams.wire.picture import AreaPicture, SeverityCounts, TpsPicture

__all__ = ["AT", "NOW", "area", "reply", "report", "tps"]

AT: Final = "2024-11-27T07:10:00+07:00"
NOW: Final = EpochMs(1_732_666_260_000)
"""2024-11-27T07:11:00+07:00."""
_NONE: Final = SeverityCounts(0, 0, 0, 0)


def report(
    id_: str, area: str = "36.04.17", roles: tuple[str, ...] = (), status: str = "open"
) -> TriageDocument:
    """Return a report that waits."""
    return TriageDocument(
        id=id_,
        status=TriageStatus(status),
        at=AT,
        election=ElectionId("serang-2024"),
        area=AreaCode(area),
        why="place",
        category="KAM-01",
        candidates=(AreaCode("36.04.17.2010"),),
        evidence=EvidenceDocument("crowd.reports", "r-1", AT),
        suggestions=("KAM-02",),
        received_at=AT,
        channel="sms",
        by=DecidedBy.RULE,
        alert=None,
        restricted_to=roles,
        answer=Text("Sudah masuk.", "It is in."),
    )


def reply(command: str, actor: str = "posko-1", alert: str = "") -> ReplyDocument:
    """Return what the fold has answered."""
    return ReplyDocument(
        command=command,
        outcome=ReplyOutcome.DONE,
        reason="",
        at=AT,
        alert=alert,
        actor=actor,
        role="operator",
        command_kind=CommandKind.ACK,
        area="36.04",
    )


def area(
    code: str = "36.04", now: str = AT, heard: str | None = AT, silent: int = 0
) -> AreaPicture:
    """Return the picture of an area."""
    kinds = {5: "kabupaten", 8: "kecamatan", 13: "desa"}
    return AreaPicture(
        kind=kinds[len(code)],  # type: ignore[arg-type]  # One of the three.
        code=AreaCode(code),
        name=f"Nama {code}",
        election=ElectionId("serang-2024"),
        drill=False,
        at=now,
        now=now,
        heard=heard if len(code) == 5 else None,
        colour=None,
        colour_since=None,
        tps=4,
        stages={Stage.VOTING: 4},
        classes={TpsClass.RAWAN: 4},
        never_heard=0,
        silent=silent,
        raised=0,
        alerts=_NONE,
        unacknowledged=0,
        triage=0,
        counts=(),
        expected=None,
        strength=None,
        boxes=None,
        boxes_away=0,
    )


def tps(code: str = "36.04.17.2010-001", stage: Stage = Stage.VOTING) -> TpsPicture:
    """Return the picture of a TPS."""
    return TpsPicture(
        kind="tps",
        code=AreaCode(code),
        election=ElectionId("serang-2024"),
        drill=False,
        at=AT,
        name=f"TPS {code[-3:]}",
        tps_class=TpsClass.RAWAN,
        stage=stage,
        stage_at=AT,
        suspended=False,
        suspended_stage=None,
        heard_at=AT,
        silent=False,
        raised=False,
        box=None,
        place=None,
        alerts=_NONE,
    )
