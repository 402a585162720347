"""A small election folder without a fault, and ways to put one fault into it."""

from pathlib import Path

from streams.territory.areas import Areas, parse_areas
from streams.territory.fault import Fault, Faults
from streams.territory.parse import parse_folder
from streams.territory.plan import Plan

Texts = dict[str, str]

ELECTION = """\
id = "serang-2024"
kind = "pilkada"
profile = "pilkada"
pack = "siaga"
languages = ["id", "en"]
date = 2024-11-27
poll_opens = "07:00"
poll_closes = "13:00"
heartbeat_minutes = 12
ballot_reserve = 0.025
max_voters = 600
[[contests]]
id = "bupati"
area = "36.04"
choices = ["01", "02"]
[[contests]]
id = "gubernur"
area = "36"
choices = ["01", "kosong"]
"""
TPS_HEADER = (
    "tps,name,desa,kecamatan,kabupaten,provinsi,polsek,dpt,class,lat,lon,pair,transit_minutes,"
    "internet,opens,closes,polres,logistics_due,bawaslu_class"
)
MEKARSARI_AREAS = "Mekarsari,Carenang,Serang,Banten"
TPS = f"""\
{TPS_HEADER}
36.04.17.2010-001,TPS 1,{MEKARSARI_AREAS},Carenang,500,rawan,-6.06,106.36,P01,20,true,,,,,
36.04.17.2010-002,TPS 2,{MEKARSARI_AREAS},Carenang,500,kurang_rawan,,,P01,,,08:00,12:00,,05:30,x
36.04.17.2006-001,TPS 1,Ragas Masigit,Carenang,Serang,Banten,Carenang,500,kurang_rawan,,,P01,,,,,,,
36.04.18.2007-001,TPS 1,Lamaran,Binuang,Serang,Banten,Carenang,500,sangat_rawan,,,P02,40,false,,,,,
"""


def row(code: str, areas: str, polsek: str = "Lain", pair: str = "", polres: str = "") -> str:
    """Return one more row of `tps.csv`; `areas` are the four columns from desa to provinsi."""
    return f"{code},TPS,{areas},{polsek},5,rawan,,,{pair},,,,,{polres},,\n"


_BOGOR_AREAS = "Pondok Rajeg,Cibinong,Bogor,Jawa Barat"
BOGOR = row("32.01.01.1001-001", _BOGOR_AREAS, "Cibinong")
"""Of a kabupaten whose desa the shipped register does not list."""
PERSONNEL = """\
officer,name,role,polsek,pair,phone,on_duty,desa,shift_start,shift_end,kabupaten
A1,Sandi Satu,pam_tps,Carenang,P01,+62 812-0000-0001,true,,,,
A2,Sandi Dua,pam_tps,Carenang,P02,,true,,06:00,18:00,
B1,Sandi Tiga,bhabinkamtibmas,Carenang,,0812 0000 0002,true,36.04.17.2010,,,
R1,Sandi Empat,polres,,,,false,,,,36.04
"""
CONTACTS = "".join(
    f"""\
[[contacts]]
ladder = "{ladder}"
level = "{level}"
area = "36.04"
name = "Piket"
channel = "webhook"
target = "https://notify.example.invalid/{ladder}"
"""
    for ladder, level in (
        ("OPS", "polsek"),
        ("ADM", "kpu"),
        ("GAK", "bawaslu"),
        ("PROP", "propam_polres"),
        ("SYS", "it"),
    )
)
TEXTS: Texts = {
    "election.toml": ELECTION,
    "tps.csv": TPS,
    "personnel.csv": PERSONNEL,
    "contacts.toml": CONTACTS,
    "actors.csv": "actor,role,area\nposko,operator,36.04\nkapolres,commander,36\nsiaga,system,\n",
    "adjacency.csv": "desa_a,desa_b\n36.04.17.2010,36.04.17.2006\n36.04.17.2010,36.04.18.2007\n",
}


def areas() -> Areas:
    """Read the shipped register."""
    path = Path(__file__).parents[3] / "streams" / "territory" / "data" / "areas.csv"
    return parse_areas(path.read_text("utf-8"), Faults("areas.csv"))


AREAS = areas()


def replaced(file: str, *changes: tuple[str, str]) -> Texts:
    """Return the folder with some text of one file replaced; the old text must be there once."""
    text = TEXTS[file]
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        text = text.replace(old, new)
    return TEXTS | {file: text}


def cell(file: str, line: int, column: str, value: str) -> Texts:
    """Return the folder with one cell of a CSV file replaced."""
    lines = TEXTS[file].split("\n")
    cells = lines[line - 1].split(",")
    cells[lines[0].split(",").index(column)] = value
    lines[line - 1] = ",".join(cells)
    return TEXTS | {file: "\n".join(lines)}


def without(file: str) -> Texts:
    """Return the folder without one file."""
    return {name: text for name, text in TEXTS.items() if name != file}


def faults_of(texts: Texts) -> list[Fault]:
    """Return all that is wrong with a folder."""
    return list(parse_folder(texts, AREAS)[1])


def plan_of(texts: Texts = TEXTS, register: Areas = AREAS) -> Plan:
    """Return the plan of a folder that has no error."""
    plan, faults = parse_folder(texts, register)
    assert plan is not None, faults
    return plan


def told(texts: Texts) -> list[str]:
    """Return the place and severity of each fault: `tps.csv:2: dpt: error`."""
    return [f"{one.file}:{one.line}: {one.column}: {one.severity}" for one in faults_of(texts)]
