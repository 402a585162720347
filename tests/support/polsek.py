"""The tiny world with three Polsek, and who they have: made from its plan, for stories of strength.

| Polsek | TPS | officers | from Curup |
|---|---|---|---|
| Curup | KR, R, SR, KH | A1 and A2 (P01), E1 and E2 (P05), B1, B2, N1, M1, M2, O1 | |
| Timur | KR2 | T1 and T2 (P06) | 11 minutes |
| Selupu | R2, EARLY | S1 | 26 minutes |

E2 and O1 are not on duty; M1 is from 06:00 to 10:00, M2 from 22:00 to 06:00, all others always.
So Curup has seven from 06:00 on, six from 10:00 and seven from 22:00 on.
Beside them stand Q1 of the Polres, who is of no Polsek, and L1, who is no officer.
"""

from typing import Final

from msgspec.structs import replace

from streams.domain.events import CommandKind
from streams.domain.ids import AreaCode
from streams.domain.words import Role
from streams.judge.world import Watched, World
from streams.territory.plan import Officer, Plan
from tests.support.events import command, report
from tests.support.station import saying
from tests.support.stories import Told
from tests.support.world import EARLY, ELECTION, KABUPATEN, KH, KR, KR2, R2, SR, R, every_rule, plan

__all__ = [
    "CURUP",
    "dispatch",
    "incident",
    "release",
    "three_polsek",
    "world_of",
]

CURUP: Final = "X02@polsek:Curup"
_POLSEK: Final = {
    **dict.fromkeys((KR, R, SR, KH), "Curup"),
    KR2: "Timur",
    **dict.fromkeys((R2, EARLY), "Selupu"),
}


def _officer(
    name: str, polsek: str, pair: str = "", shift: tuple[int, int] | None = None
) -> Officer:
    start, end = (None, None) if shift is None else (shift[0] * 60, shift[1] * 60)
    return Officer(
        officer=name,
        name=f"Nama {name}",
        role=Role.PAM_TPS,
        polsek=polsek,
        kabupaten=KABUPATEN,
        pair=pair,
        on_duty=True,
        shift_start_minutes=start,
        shift_end_minutes=end,
    )


_OFFICERS: Final = (
    _officer("A1", "Curup", "P01"),
    _officer("A2", "Curup", "P01"),
    _officer("E1", "Curup", "P05"),
    replace(_officer("E2", "Curup", "P05"), on_duty=False),
    _officer("B1", "Curup", "P02"),
    _officer("B2", "Curup"),
    _officer("N1", "Curup"),
    _officer("M1", "Curup", shift=(6, 10)),
    _officer("M2", "Curup", shift=(22, 6)),
    replace(_officer("O1", "Curup"), on_duty=False),
    _officer("T1", "Timur", "P06"),
    _officer("T2", "Timur", "P06"),
    _officer("S1", "Selupu"),
    _officer("Q1", ""),
    replace(_officer("L1", "Curup"), role=Role.LINMAS),
)


def three_polsek(*officers: Officer) -> Plan:
    """Return the plan of the tiny world with three Polsek, with these officers or the usual."""
    base = plan()
    polsek: dict[tuple[AreaCode, str], tuple[AreaCode, ...]] = {
        key: codes for key, codes in base.polsek.items() if key[0] != KABUPATEN
    }
    for code, name in _POLSEK.items():
        polsek[KABUPATEN, name] = (*polsek.get((KABUPATEN, name), ()), code)
    return replace(
        base,
        tps={
            code: replace(tps, polsek=_POLSEK.get(code, tps.polsek))
            for code, tps in base.tps.items()
        },
        polsek=polsek,
        officers={(one.kabupaten, one.officer): one for one in officers or _OFFICERS},
    )


def world_of(made: Plan | None = None) -> World:
    """Return the world of such a plan, with all shipped rules."""
    return World({ELECTION: Watched.of(made or three_polsek(), every_rule())})


def incident(tps: AreaCode, category: str = "LOG-04") -> Told:
    """A supervisor reports what opens a high alert at once."""
    return report(category, tps, f"ptps-{tps}", Role.PTPS)


def dispatch(alert: str, officer: str = "", pair: str = "", by: str = "ops") -> Told:
    """Somebody sends an officer, or a pair, to an alert."""
    return saying(command(CommandKind.DISPATCH, alert, by), officer=officer, pair=pair)


def release(officer: str = "", pair: str = "", alert: str = "", by: str = "ops") -> Told:
    """Somebody takes an officer, or a pair, back."""
    return saying(command(CommandKind.RELEASE, alert, by), officer=officer, pair=pair)
