"""What lies on the desks of the made-up afternoon: reports that wait, and dead letters."""

from typing import Final

from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.effects import DecidedBy, TriageStatus
from streams.domain.ids import AlertId, AreaCode, ElectionId
from streams.domain.words import Role
from streams.room.documents import LetterRow, TriageRow
from streams.room.evidence import SaidRow, Standing
from streams.wire.documents import EvidenceDocument, TriageDocument

__all__ = ["ALERT_ID", "REPORTER", "WORDS", "letters", "waiting", "words"]

ALERT_ID: Final = AlertId("1702-K7QXN4ZB2MTHW6RE")
"""The alert that one of the reports stands behind."""
REPORTER: Final = "tel-9f3a77d00b52c19e"
"""Whose reports they are: never to be shown."""
_ELECTION: Final = ElectionId("rejang-lebong-2024")
_TPS: Final = AreaCode("17.02.07.2012-003")


def _at(time: str) -> str:
    return f"2024-11-27T{time}+07:00"


def waiting() -> tuple[TriageRow, ...]:
    """Return reports: three alike without a sure place, one that counts not enough, one decided."""
    alike = ("1702-AAAAAAAAAAAAAAA2", "1702-AAAAAAAAAAAAAAA3", "1702-AAAAAAAAAAAAAAA4")
    unsure = [_report(name, f"13:5{number}:00") for number, name in enumerate(alike)]
    behind = _report("1702-AAAAAAAAAAAAAAA5", "14:03:19", status=TriageStatus.PLACED)
    done = _report("1702-AAAAAAAAAAAAAAA6", "13:40:00", status=TriageStatus.REJECTED)
    return (*unsure, behind, done)


def _report(name: str, time: str, *, status: TriageStatus = TriageStatus.OPEN) -> TriageRow:
    is_placed = status is TriageStatus.PLACED
    return TriageRow(
        report=TriageDocument(
            id=name,
            status=status,
            at=_at(time),
            election=_ELECTION,
            area=_TPS if is_placed else AreaCode("17.02"),
            why="below" if is_placed else "place",
            category="KAM-01",
            candidates=(),
            evidence=EvidenceDocument(
                "crowd.reports", "r-1" if is_placed else name[-4:], _at("13:46:28"), REPORTER
            ),
            suggestions=("KAM-08",),
            received_at=_at(time),
            channel="sms",
            by=DecidedBy.RULE,
            alert=ALERT_ID if is_placed else None,
            restricted_to=(),
            answer=Text("", ""),
        ),
        place=Text("Rejang Lebong, Bengkulu", "Rejang Lebong, Bengkulu"),
        candidates=()
        if is_placed
        else ((_TPS, "TPS 003 Tanjung Sanai I"), ("17.02.07.2012", "Tanjung Sanai I")),
        waits_because=Text("tempatnya belum pasti", "its place is not sure"),
        category=Text("Rusuh, bentrok massa", "Riot, clash"),
        suggestions=(("KAM-08", Text("Konflik antarpendukung", "Supporter conflict")),),
    )


WORDS: Final = "Massa dorong-dorongan di pintu TPS <b>tiga</b>, mohon bantuan."
"""What the first report says: signs of HTML in it are signs."""


def words() -> tuple[SaidRow, ...]:
    """Return what the journal keeps of the reports: of the third nothing, of the rest no row."""
    first, second, third, *_ = (row.report.id for row in waiting())
    said = SaidRow(id=first, standing=Standing.KEPT, text=WORDS, role=Role.WARGA, attached=1)
    return (
        said,
        replace(said, id=second, standing=Standing.WITHHELD, text="", attached=0),
        replace(said, id=third, standing=Standing.GONE, text="", role=None, attached=0),
    )


def letters() -> tuple[LetterRow, ...]:
    """Return a letter with a wrong field, and one that is no JSON."""
    wrong = '{"id":"s-9","kind":"opened","source":{"id":"kpps-1","role":"pamtps"}}'
    return (
        LetterRow(
            number="0:12",
            at=_at("13:20:00"),
            reason="schema",
            detail="Invalid enum value 'pamtps' - at `$.source.role`",
            says=Text("perbaiki isinya, lalu kirim lagi", "mend it, then send it again"),
            topic="tps.status",
            value=wrong,
            is_cut=False,
        ),
        LetterRow(
            number="0:13",
            at=_at("13:21:00"),
            reason="json",
            detail="JSON is malformed",
            says=Text("perbaiki isinya, lalu kirim lagi", "mend it, then send it again"),
            topic="tps.status",
            value='{"id": "s-10",',
            is_cut=False,
        ),
    )
