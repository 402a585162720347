"""A tiny world, made in memory: ten TPS small enough to follow by hand, and who is on duty there.

Two kecamatan and a neighbouring kabupaten, every class of TPS, a TPS with hours of its own, one
without coordinates. Distances matter to evidence: `KR` and `R` are 400 m apart, `SR` is 450 m
beyond `R` and so 850 m from `KR`.

| name | class        | pair | kecamatan | note                                     |
|------|--------------|------|-----------|------------------------------------------|
| KR   | kurang_rawan | P01  | 09        |                                          |
| R    | rawan        | P02  | 09        | 400 m from `KR`                          |
| SR   | sangat_rawan | P03  | 09        | 450 m from `R`                           |
| KH   | khusus       | P04  | 09        | no coordinates                           |
| KR2  | kurang_rawan | P01  | 09        | another desa, the same pair as `KR`      |
| R2   | rawan        | P02  | 11        | another kecamatan, the same pair as `R`  |
| EARLY| kurang_rawan | none | 11        | opens at 06:00, closes at 12:00          |
| FAR  | kurang_rawan | P01  | 17.03     | another kabupaten, a pair of the same name |
| FAR2 | sangat_rawan | none | 17.03     | beside `FAR`                             |
"""

from functools import cache
from pathlib import Path
from typing import Final

from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.judge.world import Watched, World
from streams.rules.compiled import CompiledPack
from streams.rules.compiling import compile_pack
from streams.rules.pack import Pack, PackFile
from streams.rules.reading import PackText, read_pack
from streams.setup import pack_text
from streams.territory.areas import NO_AREAS
from streams.territory.parse import parse_folder
from streams.territory.plan import Plan
from streams.territory.zone import local_time

__all__ = [
    "DATE",
    "DESA",
    "EARLY",
    "ELECTION",
    "FAR",
    "FAR2",
    "GOVERNOR",
    "KABUPATEN",
    "KH",
    "KR",
    "KR2",
    "NAMES",
    "R2",
    "REGENT",
    "ROSTER",
    "RULES",
    "SR",
    "UNKNOWN",
    "VILLAGE",
    "R",
    "changed_pack",
    "clock",
    "every_rule",
    "local",
    "pack",
    "pack_source",
    "plan",
    "rules",
    "whole_world",
    "world",
]

RULES: Final = ("T03", "T06", "T07", "W01", "W02", "W04")
"""Rules that this world is judged by: enough to move everything, few enough to follow by hand."""
DATE: Final = "2024-11-27"
ELECTION: Final = ElectionId("curup-2024")
KABUPATEN: Final = AreaCode("17.02")
DESA: Final = AreaCode("17.02.09.1001")
KR: Final = AreaCode("17.02.09.1001-001")
R: Final = AreaCode("17.02.09.1001-002")
SR: Final = AreaCode("17.02.09.1001-003")
KH: Final = AreaCode("17.02.09.1001-004")
UNKNOWN: Final = AreaCode("17.02.09.1001-099")
"""Of a desa that votes, and not in the plan."""
KR2: Final = AreaCode("17.02.09.1002-001")
R2: Final = AreaCode("17.02.11.2001-001")
EARLY: Final = AreaCode("17.02.11.2001-002")
FAR: Final = AreaCode("17.03.02.2001-001")
FAR2: Final = AreaCode("17.03.02.2001-002")
NAMES: Final = {
    KR: "KR",
    R: "R",
    SR: "SR",
    KH: "KH",
    UNKNOWN: "UNKNOWN",
    KR2: "KR2",
    R2: "R2",
    EARLY: "EARLY",
    FAR: "FAR",
    FAR2: "FAR2",
}
"""How the tests call each TPS."""

_WIB: Final = 420
_ELECTION_TOML: Final = """
id = "{id}"
kind = "{kind}"
languages = ["id", "en"]
date = {date}
poll_opens = "07:00"
poll_closes = "13:00"
heartbeat_minutes = 12
ballot_reserve = 0.025
max_voters = 600

"""
_CONTEST_TOML: Final = """
[[contests]]
id = "{id}"
area = "{area}"
choices = ["01", "02"]
"""
GOVERNOR: Final = ("gubernur", "17")
"""A contest of the whole province, wider than what one partition sees."""
REGENT: Final = ("bupati", "17.02")
"""A contest of one kabupaten."""
VILLAGE: Final = ("kades", "17.02.09.1002")
"""A contest of the desa of `KR2`, which is its only TPS."""
_TPS_HEADER: Final = (
    "tps,name,desa,kecamatan,kabupaten,provinsi,polsek,dpt,class,lat,lon,pair,"
    "transit_minutes,internet,opens,closes\n"
)
# One second of arc is 30.9 m: 0.0036 degrees are 400 m, 0.0076 degrees 850 m.
_TPS_ROWS: Final = (
    f"{KR},TPS 001 Air Rambai,Air Rambai,Curup,{{}},412,kurang_rawan,-3.4700,102.52,P01,20,true,,\n"
    f"{R},TPS 002 Air Rambai,Air Rambai,Curup,{{}},398,rawan,-3.4736,102.52,P02,20,true,,\n"
    f"{SR},TPS 003 Air Rambai,Air Rambai,Curup,{{}},288,sangat_rawan,-3.4776,102.52,P03,,true,,\n"
    f"{KH},TPS 004 Air Rambai,Air Rambai,Curup,{{}},150,khusus,,,P04,,true,,\n"
    f"{KR2},TPS 001 Timbul Rejo,Timbul Rejo,Curup,{{}},310,kurang_rawan,-3.49,102.55,P01,,,,\n"
    f"{R2},TPS 001 Cawang,Cawang,Selupu Rejang,{{}},305,rawan,-3.45,102.60,P02,,,,\n"
    f"{EARLY},TPS 002 Cawang,Cawang,Selupu Rejang,{{}},300,kurang_rawan,,,,,,06:00,12:00\n"
)
_FAR_ROWS: Final = (
    f"{FAR},TPS 001 Lubuk,Lubuk,Kerkap,Bengkulu Utara,Bengkulu,Kerkap,290,kurang_rawan,,,P01,,,,\n"
    f"{FAR2},TPS 002 Lubuk,Lubuk,Kerkap,Bengkulu Utara,Bengkulu,Kerkap,280,sangat_rawan,,,,,,,\n"
)
_PERSONNEL: Final = """officer,name,role,polsek,pair,phone,on_duty,kabupaten
A1,Adi,pam_tps,Curup,P01,,true,17.02
A2,Budi,pam_tps,Curup,P01,,true,17.02
B1,Cahya,pam_tps,Curup,P02,,true,17.02
C1,Dedi,pam_tps,Curup,P03,,true,17.02
D1,Eko,pam_tps,Curup,P04,,true,17.02
N1,Fajar,bhabinkamtibmas,Curup,,,true,17.02
F1,Gilang,pam_tps,Kerkap,P01,,true,17.03
"""
ROSTER: Final = """actor,role,area
ops,operator,17.02
chief,commander,17.02
kpu,liaison,17.02
propam,propam,17.02
look,viewer,17.02
curup,operator,17.02.09
north,commander,17.03
"""
"""Who may command, where a test wants a roster."""


def local(clock_text: str, date: str = DATE) -> EpochMs:
    """Return the moment of `07:30` or `07:30:15` WIB; hours from 24 on are of the next day."""
    hours, minutes, *seconds = clock_text.split(":")
    whole = int(seconds[0]) * SECOND_MS if seconds else 0
    return EpochMs(local_time(date, int(hours) * 60 + int(minutes), _WIB) + whole)


def clock(at: EpochMs) -> str:
    """Return a moment as `07:30`, or `07:30:15` if it lies within a minute; see `local`."""
    since = at - local("00:00")
    text = f"{since // HOUR_MS:02}:{since % HOUR_MS // MINUTE_MS:02}"
    seconds = since % MINUTE_MS // SECOND_MS
    return f"{text}:{seconds:02}" if seconds else text


@cache
def plan(
    election: str = ELECTION,
    roster: str = "",
    date: str = DATE,
    kind: str = "pilkada",
    contests: tuple[tuple[str, str], ...] = (GOVERNOR,),
) -> Plan:
    """Return the plan of the tiny world, or of another election in the same places."""
    area = "Rejang Lebong,Bengkulu,Curup"
    papers = (_CONTEST_TOML.format(id=name, area=where) for name, where in contests)
    texts = {
        "election.toml": _ELECTION_TOML.format(id=election, kind=kind, date=date) + "".join(papers),
        "tps.csv": _TPS_HEADER + _TPS_ROWS.replace("{}", area) + _FAR_ROWS,
        "personnel.csv": _PERSONNEL,
        "contacts.toml": "",
    } | ({"actors.csv": roster} if roster else {})
    made, faults = parse_folder(texts, NO_AREAS)
    assert made is not None, "\n".join(str(fault) for fault in faults)
    return made


@cache
def pack_source() -> PackText:
    """Return the files of the shipped pack, of its rules only those that these tests are about."""
    whole = pack_text("siaga", "pilkada")
    wanted = tuple(
        file
        for file in whole.files
        if not file.name.startswith("rules/") or Path(file.name).stem in RULES
    )
    return PackText(whole.name, whole.profile, wanted)


def changed_pack(old: str, new: str, count: int = -1) -> PackText:
    """Return the same files with a text in them replaced, in `count` places; there must be one."""
    files: list[PackFile] = []
    found = 0
    for file in pack_source().files:
        here = file.text.count(old) if count < 0 else min(file.text.count(old), count - found)
        found += here
        files.append(PackFile(file.name, file.text.replace(old, new, here)))
    assert found, f"{old!r} is not in the pack"
    return PackText("siaga", "pilkada", tuple(files))


@cache
def pack() -> Pack:
    """Return the shipped pack with those rules."""
    return read_pack(pack_source())


@cache
def rules() -> CompiledPack:
    """Return the rules of the pack that is shipped."""
    return compile_pack(pack())


@cache
def world(roster: str = "") -> World:
    """Return the tiny world with the shipped rules."""
    return World({ELECTION: Watched.of(plan(ELECTION, roster), rules())})


@cache
def every_rule() -> CompiledPack:
    """Return all rules of the pack that is shipped."""
    return compile_pack(read_pack(pack_text("siaga", "pilkada")))


@cache
def whole_world(*contests: tuple[str, str]) -> World:
    """Return the tiny world with all shipped rules; two contests, if no others are named."""
    papers = contests or (GOVERNOR, REGENT)
    return World({ELECTION: Watched.of(plan(contests=papers), every_rule())})
