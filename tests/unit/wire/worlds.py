"""Loaded elections for stories of intake, and records that knock at its door.

Four elections: the example folder (Rejang Lebong, 27 November 2024), a poll repeated at one TPS of
it ten days later, a village election in Serang, where two desa of two kecamatan vote and all others
do not, and an election in the next kabupaten, of whose desa the register has no list.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from streams.domain.times import EpochMs
from streams.territory.loaded import Territory
from streams.territory.parse import parse_folder
from streams.territory.plan import Plan
from streams.wire.accept import Acceptor, AcceptSettings
from streams.wire.folder import load_plan, shipped_areas
from streams.wire.records import Headers, Inbound
from streams.wire.schemas import Json
from streams.wire.time import parse_time

ROOT: Final = Path(__file__).parents[3]
CATEGORIES: Final = frozenset({"KAM-01", "KAM-08", "UMM-01"})
RECEIVED_AT: Final = parse_time("2024-11-27T09:00:05+07:00")
AT: Final = "2024-11-27T09:00:00+07:00"
LISTED: Final = "17.02.09.1012-001"
"""A TPS that the example and the repeated poll share."""
UNLISTED: Final = "17.02.09.1012-777"
"""Its desa votes."""
STRANGE: Final = "17.02.09.1099-001"
"""No such desa."""
VILLAGE: Final = "36.04.17.2010-001"
IDLE: Final = "36.04.17.2001-001"
"""Its desa is there, and does not vote."""

_ELECTION: Final = """\
id = "{id}"
kind = "{kind}"
profile = "{kind}"
pack = "siaga"
date = {date}
poll_opens = "07:00"
poll_closes = "13:00"
heartbeat_minutes = 12
ballot_reserve = 0.025
max_voters = 600
"""
_CONTEST: Final = '[[contests]]\nid = "{id}"\narea = "{area}"\nchoices = ["01", "02"]\n'
_TPS_HEADER: Final = (
    "tps,name,desa,kecamatan,kabupaten,provinsi,polsek,dpt,class,"
    "lat,lon,pair,transit_minutes,internet,opens,closes"
)
_PEOPLE_HEADER: Final = "officer,name,role,polsek,pair,phone,on_duty"
_CONTACTS: Final = "".join(
    f'[[contacts]]\nladder = "{ladder}"\nlevel = "{level}"\narea = "{{area}}"\nname = "Piket"\n'
    'channel = "webhook"\ntarget = "https://notify.example.invalid/1"\n'
    for ladder, level in (("OPS", "polsek"), ("SYS", "it"))
)


def _plan(texts: Mapping[str, str]) -> Plan:
    plan, faults = parse_folder(texts, shipped_areas())
    assert plan is not None, faults
    return plan


REAL: Final = load_plan(ROOT / "elections" / "rejang-lebong-2024")
RERUN: Final = _plan(
    {
        "election.toml": _ELECTION.format(id="rerun", kind="pilkada", date="2024-12-07")
        + _CONTEST.format(id="bupati", area="17.02"),
        "tps.csv": f"{_TPS_HEADER}\n{LISTED},TPS 1,Dwi Tunggal,Curup,Rejang Lebong,Bengkulu,Curup,"
        "574,rawan,,,,,,,\n",
        "personnel.csv": f"{_PEOPLE_HEADER}\nN1,Sandi Satu,polsek,Curup,,,true\n",
        "contacts.toml": _CONTACTS.format(area="17.02"),
    }
)
PILKADES: Final = _plan(
    {
        "election.toml": _ELECTION.format(id="pilkades-serang", kind="pilkades", date="2024-11-25")
        + _CONTEST.format(id="mekarsari", area="36.04.17.2010")
        + _CONTEST.format(id="lamaran", area="36.04.18.2007"),
        "tps.csv": f"{_TPS_HEADER}\n"
        f"{VILLAGE},TPS 1,Mekarsari,Carenang,Serang,Banten,Carenang,500,rawan,,,,,,,\n"
        "36.04.18.2007-001,TPS 1,Lamaran,Binuang,Serang,Banten,Binuang,500,rawan,,,,,,,\n",
        "personnel.csv": f"{_PEOPLE_HEADER}\nK1,Sandi Dua,polsek,Carenang,,,true\n"
        "S1,Sandi Tiga,polsek,Binuang,,,true\nS2,Sandi Empat,polres,,,,true\n",
        "contacts.toml": _CONTACTS.format(area="36.04"),
    }
)
NEIGHBOUR: Final = _plan(
    {
        "election.toml": _ELECTION.format(id="pandeglang-2024", kind="pilkada", date="2024-11-27")
        + _CONTEST.format(id="bupati", area="36.01"),
        "tps.csv": f"{_TPS_HEADER}\n36.01.01.2001-001,TPS 1,Sumur,Sumur,Pandeglang,Banten,Sumur,"
        "300,rawan,,,,,,,\n",
        "personnel.csv": f"{_PEOPLE_HEADER}\nK1,Sandi Lima,polsek,Sumur,,,true\n",
        "contacts.toml": _CONTACTS.format(area="36.01"),
    }
)


def acceptor(settings: AcceptSettings | None = None, *plans: Plan) -> Acceptor:
    """Return the judgment over some elections; without any named, over the example alone."""
    territory = Territory.of(plans or [REAL])
    return Acceptor(territory, shipped_areas(), CATEGORIES, settings)


def record(
    topic: str, value: Json | bytes, headers: Headers = (), received_at: EpochMs = RECEIVED_AT
) -> Inbound:
    """Return a record as the broker hands it over, at partition 3, offset 8812."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Inbound(topic, 3, 8_812, received_at, None, body, headers)


def status(**changes: Json) -> dict[str, Json]:
    """Return a heartbeat of the listed TPS with some fields changed; None leaves one out."""
    plain: dict[str, Json] = {
        "id": "s-1",
        "at": AT,
        "kind": "heartbeat",
        "tps": LISTED,
        "source": {"id": "kpps-1", "role": "kpps"},
    }
    return _changed(plain, changes)


def report(**changes: Json) -> dict[str, Json]:
    """Return a report from the listed TPS with some fields changed; None leaves one out."""
    plain: dict[str, Json] = {
        "id": "r-1",
        "at": AT,
        "source": {"id": "warga-77", "role": "warga"},
        "category": "KAM-08",
        "place": {"tps": LISTED},
    }
    return _changed(plain, changes)


def count(**changes: Json) -> dict[str, Json]:
    """Return a count of the listed TPS with some fields changed; None leaves one out."""
    plain: dict[str, Json] = {
        "id": "c-1",
        "at": AT,
        "tps": LISTED,
        "contest": "bupati",
        "status": "provisional",
        "source": {"id": "kpps-1", "role": "kpps"},
        "votes": {"01": 120, "02": 98},
    }
    return _changed(plain, changes)


def command(**changes: Json) -> dict[str, Json]:
    """Return an acknowledgement with some fields changed; None leaves one out."""
    plain: dict[str, Json] = {
        "id": "cmd-1",
        "at": AT,
        "actor": {"id": "op-7", "role": "operator"},
        "command": "ack",
        "alert": "1702-MZXW6YTBOI2HGZLM",
    }
    return _changed(plain, changes)


def _changed(plain: dict[str, Json], changes: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in (plain | dict(changes)).items() if value is not None}
