"""The little election that a rule's tests are played in.

TPS are called by their numbers: `{1}` to `{4}` are TPS 001 to 004 of desa `{A}`, `{5}` is TPS 001
of desa `{B}`, `{6}` that of `{C}`, `{7}` to `{9}` those of `{D}`, `{E}` and `{F}`; `{101}` to
`{140}` are more of desa `{A}`. All desa are of one kecamatan, but `{C}` of another. The first two
TPS lie 400 m apart, the third a kilometre away. A test that does not speak of a TPS has it not.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from streams.domain.alert import LADDERS, PILKADES_LADDERS
from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.times import EpochMs
from streams.errors import InputError
from streams.rules.cases import CaseWorld, RuleCase
from streams.territory.areas import NO_AREAS
from streams.territory.fault import errors_of
from streams.territory.parse import parse_folder
from streams.territory.plan import Plan
from streams.wire.time import TimeTextError, parse_time

__all__ = [
    "DATE",
    "ELECTION",
    "KABUPATEN",
    "NUMBERS",
    "desa_code",
    "moment_ms",
    "moment_text",
    "named",
    "plan_of",
    "tps_code",
    "tps_of",
]

DATE: Final = "2024-11-27"
ELECTION: Final = "uji-aturan"
KABUPATEN: Final = "36.04"
_DESA: Final = {
    "A": "36.04.17.2001",
    "B": "36.04.17.2002",
    "C": "36.04.18.2001",
    "D": "36.04.17.2003",
    "E": "36.04.17.2004",
    "F": "36.04.17.2005",
}
_TPS: Final = {
    "1": ("A", 1, -6.0500, 106.3000),
    "2": ("A", 2, -6.0536, 106.3000),
    "3": ("A", 3, -6.0626, 106.3000),
    "4": ("A", 4, -6.0626, 106.3100),
    "5": ("B", 1, -6.0900, 106.3000),
    "6": ("C", 1, -6.1500, 106.3500),
    "7": ("D", 1, -6.0900, 106.3200),
    "8": ("E", 1, -6.0900, 106.3400),
    "9": ("F", 1, -6.0900, 106.3600),
    **{str(number): ("A", number, -6.0626, 106.3100) for number in range(101, 141)},
}
NUMBERS: Final = frozenset(_TPS)
"""By which tests call the TPS."""
_NAMES: Final = {
    "A": "Sukamaju",
    "B": "Sukasari",
    "C": "Mekarjaya",
    "D": "Sukamulya",
    "E": "Sukarame",
    "F": "Sukajadi",
}
_KECAMATAN: Final = {"36.04.17": "Carenang", "36.04.18": "Binuang"}
_TOKEN: Final = re.compile(r"\{([1-9A-F]|1[0-9]{2})\}")
_CLOCK: Final = re.compile(r"(?:([+-][1-9]) )?([0-9]{2}:[0-9]{2})(:[0-9]{2})?")
_ZONE: Final = "+07:00"
_HEAD: Final = (
    "tps,name,desa,kecamatan,kabupaten,provinsi,polsek,dpt,class,lat,lon,pair,transit_minutes,"
    "internet,opens,closes,polres,logistics_due,bawaslu_class"
)
_CONTACT: Final = """
[[contacts]]
ladder = "{ladder}"
level = "{level}"
area = "36.04"
name = "Piket"
channel = "webhook"
target = "https://notify.example.invalid/piket"
"""
_AT_NIGHT: Final = 'hours = "03:00-03:01"\n'
_PERSONNEL: Final = """\
officer,name,role,polsek,pair,phone,on_duty,desa,shift_start,shift_end
petugas-1,Petugas 1,pam_tps,Carenang,{pair},,true,,,
petugas-2,Petugas 2,pam_tps,Carenang,{pair},,true,,,
petugas-3,Petugas 3,pam_tps,Carenang,,,false,,,
petugas-4,Petugas 4,pam_tps,Carenang,,,true,,06:00,10:00
petugas-5,Petugas 5,pam_tps,Carenang,,,true,,22:00,06:00
bhabin-1,Bhabin 1,bhabinkamtibmas,Carenang,,,true,,,
bhabin-2,Bhabin 2,bhabinkamtibmas,Carenang,,,true,{desa},,
"""


def tps_code(number: str) -> AreaCode:
    """Return the code of a TPS of a test, by its number; `plan_of` refuses other numbers."""
    desa, tps, _, _ = _TPS[number]
    return AreaCode(f"{_DESA[desa]}-{tps:03}")


def desa_code(name: str) -> str:
    """Return the code of a desa of a test, by its letter.

    Raises:
        InputError: There is none of this letter.
    """
    if name not in _DESA:
        raise InputError(f"found desa {name!r}, expected one of {', '.join(_DESA)}")
    return _DESA[name]


def tps_of(desa: str) -> str:
    """Return the number of the first TPS of a desa, by its letter.

    Raises:
        InputError: There is none of this letter.
    """
    desa_code(desa)
    return next(number for number, (one, *_) in _TPS.items() if one == desa)


def named(text: str) -> str:
    """Return a text with `{1}`, `{101}`, `{A}` and the like replaced by codes."""
    return _TOKEN.sub(lambda found: _code(found[1]), text)


def _code(token: str) -> str:
    return _DESA[token] if token in _DESA else tps_code(token)


def plan_of(case: RuleCase, numbers: Iterable[str]) -> Plan:
    """Return the plan of a test, with the TPS of these numbers.

    Raises:
        InputError: The test asks for an election that cannot be.
    """
    world = case.world
    used = sorted({"1", *numbers})
    unknown = sorted({*used} - NUMBERS)
    if unknown:
        raise InputError(f"found TPS {unknown[0]!r}, expected 1 to 9 or 101 to 140")
    texts = {
        "election.toml": _election(world, used),
        "tps.csv": "\n".join((_HEAD, *(_row(case, number) for number in used))) + "\n",
        "personnel.csv": _PERSONNEL.format(pair=world.pair, desa=_DESA["B"]),
        "adjacency.csv": _adjacency(world, used),
        "contacts.toml": _contacts(world),
    }
    plan, faults = parse_folder(texts, NO_AREAS)
    if plan is None:
        told = "; ".join(str(fault) for fault in errors_of(faults))
        raise InputError(f"its world cannot be: {told}")
    return plan


def _contacts(world: CaseWorld) -> str:
    """Return a contact for every level if the test names one that is off duty, else none."""
    if not world.off_duty:
        return ""
    ladders = PILKADES_LADDERS if world.kind == "pilkades" else LADDERS
    return "".join(
        _CONTACT.format(ladder=ladder, level=level)
        + (_AT_NIGHT if f"{ladder}/{level}" in world.off_duty else "")
        for ladder, levels in ladders.items()
        for level in levels
    )


def _election(world: CaseWorld, numbers: list[str]) -> str:
    desa = sorted({_TPS[number][0] for number in numbers})
    lines = [
        f'id = "{ELECTION}"',
        f'kind = "{world.kind}"',
        f"date = {DATE}",
        f'poll_opens = "{world.poll_opens}"',
        f'poll_closes = "{world.poll_closes}"',
        f"heartbeat_minutes = {world.heartbeat_minutes}",
        f"ballot_reserve = {world.ballot_reserve}",
        f"max_voters = {world.max_voters}",
    ]
    by_desa = world.kind == "pilkades"
    for name, choices in world.contests.items():
        areas = [(f"{name}-{one}", _DESA[one]) for one in desa] if by_desa else [(name, KABUPATEN)]
        for contest, area in areas:
            listed = ", ".join(f'"{choice}"' for choice in choices)
            lines += ["[[contests]]", f'id = "{contest}"', f'area = "{area}"']
            lines.append(f"choices = [{listed}]")
    return "\n".join(lines) + "\n"


def _adjacency(world: CaseWorld, numbers: list[str]) -> str:
    """Return which desa are neighbours, of those that the test speaks of."""
    spoken = {_TPS[number][0] for number in numbers}
    pairs = (pair for pair in world.neighbours if spoken.issuperset(pair))
    rows = (f"{desa_code(one)},{desa_code(other)}" for one, other in pairs)
    return "\n".join(("desa_a,desa_b", *rows)) + "\n"


def _row(case: RuleCase, number: str) -> str:
    world = case.world
    desa, _, lat, lon = _TPS[number]
    code = tps_code(number)
    cells = (
        code,
        f"TPS {code[-3:]} {_NAMES[desa]}",
        _NAMES[desa],
        _KECAMATAN[kecamatan_of(code)],
        "Serang",
        "Banten",
        "Carenang",
        str(world.dpts.get(number, world.dpt)),
        case.classes.get(number, case.tps_class),
        str(lat),
        str(lon),
        world.pair,
        "" if world.transit_minutes is None else str(world.transit_minutes),
        "true",
        "",
        "",
        "",
        world.logistics_due or "",
        "",
    )
    return ",".join(cells)


def moment_text(clock: str) -> str:
    """Return a time of a test as RFC 3339: `07:20`, `07:20:01`, `-1 21:00`, `+1 12:00`.

    Raises:
        InputError: There is no such time.
    """
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise _no_time(clock)
    days, minutes, seconds = found.groups()
    day = date.fromisoformat(DATE) + timedelta(days=int(days or 0))
    return f"{day}T{minutes}{seconds or ':00'}{_ZONE}"


def moment_ms(clock: str) -> EpochMs:
    """Return a time of a test in milliseconds.

    Raises:
        InputError: There is no such time.
    """
    try:
        return parse_time(moment_text(clock))
    except TimeTextError as error:
        raise _no_time(clock) from error


def _no_time(clock: str) -> InputError:
    return InputError(f"found time {clock!r}, expected as 07:20, 07:20:01, -1 21:00 or +1 12:00")
