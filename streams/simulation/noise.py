"""What citizens report on an ordinary morning: much, about everything, and nearly always nothing.

Noise is the rule. Uchaguzi took in 6,875 reports in October 2017 and archived 6,296 of them as
noise; Gakkumdu had 1,523 reports in 2018-19, 176 of them violations (domain §0). So an ordinary
morning has reports of nearly every category, each alone: nobody else saw it. It raises no alert,
because a report is drawn again if it would add to an earlier one of its category in its desa, and
because one weak voice is never enough for what it says:

- a category for which one voice suffices is told by nobody but anonymous senders (weight 0.5);
- so is everything in a desa with a TPS whose class makes rules one level easier.

A third of them say where in words, as people write them: in capitals, without blanks, without the
kecamatan. Every fifth has no category.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Final, TypeVar

from msgspec import UNSET, Struct, UnsetType

from streams.domain.events import Attachment, CrowdReport, Place, Source
from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Channel, EvidenceKind, Role, TpsClass
from streams.simulation.post import Post, chance_of, delay_ms, post_report, whole_second
from streams.territory.plan import Plan, Tps
from streams.wire.time import format_time

__all__ = ["Rumble", "noise_posts", "rumbles"]

_REPORTS_PER_TPS: Final = 0.35
"""In a morning. A guess of the order of magnitude."""
_BEFORE_OPENING_MINUTES: Final = 35
_UNCATEGORISED_SHARE: Final = 0.2
_PHOTO_SHARE: Final = 0.15
_CHANNELS: Final = {
    Channel.WHATSAPP: 40,
    Channel.APP: 25,
    Channel.SMS: 20,
    Channel.WEB: 10,
    Channel.PHONE: 5,
}
_ROLES: Final = {Role.WARGA: 65, Role.ANONIM: 27, Role.SAKSI: 8}
_PLACES: Final = {"tps": 35, "desa": 10, "words": 28, "name": 14, "kecamatan": 6, "none": 7}


_Drawn = TypeVar("_Drawn")


class Rumble(Struct, frozen=True):
    """One thing that people say; `{desa}` and `{tps}` stand for where."""

    category: str
    """Empty: the sender has chosen none."""
    corroboration: int
    """Score from which the taxonomy believes it. Source: domain §4a, proposal."""
    text: str


@cache
def rumbles() -> tuple[Rumble, ...]:
    """Read what people say, as it is shipped."""
    text = files("streams.simulation").joinpath("data/noise.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return tuple(Rumble(r["category"], int(r["corroboration"]), r["text"]) for r in rows)


def noise_posts(plan: Plan, seed: int) -> Iterator[Post]:
    """Return the reports of an ordinary morning."""
    chance = chance_of(seed, "noise")
    stations = tuple(plan.tps.values())
    with_category = [one for one in rumbles() if one.category]
    without = [one for one in rumbles() if not one.category]
    told: set[tuple[str, str]] = set()
    for number in range(round(_REPORTS_PER_TPS * len(stations))):
        tps = chance.choice(stations)
        uncategorised = chance.random() < _UNCATEGORISED_SHARE
        rumble = chance.choice(without if uncategorised else with_category)
        # Told once already: people would begin to corroborate each other.
        if rumble.category and (tps.desa, rumble.category) in told:
            continue
        told.add((tps.desa, rumble.category))
        yield _report(plan, tps, rumble, (chance, number))


def _report(plan: Plan, tps: Tps, rumble: Rumble, drawn: tuple[Random, int]) -> Post:
    chance, number = drawn
    first = tps.opens_at - _BEFORE_OPENING_MINUTES * MINUTE_MS
    at = whole_second(chance.uniform(first, tps.closes_at))
    channel = _weighted(chance, _CHANNELS)
    words = {"desa": plan.name_of(tps.desa), "tps": tps.code[-3:]}
    report = CrowdReport(
        id=f"warga-{number:04}",
        at=format_time(at, plan.offset_minutes(tps.code)),
        source=_source(plan, tps, rumble, (chance, channel)),
        category=rumble.category or UNSET,
        text=rumble.text.format_map(words),
        place=_place(plan, tps, chance),
        evidence=_photo(chance),
    )
    received = EpochMs(at + delay_ms(chance, channel))
    return post_report(report, at, received, (tps.desa,))


def _source(plan: Plan, tps: Tps, rumble: Rumble, drawn: tuple[Random, Channel]) -> Source:
    chance, channel = drawn
    role = _weighted(chance, _ROLES)
    if rumble.corroboration == 1 or _is_easier(plan, tps.desa):
        role = Role.ANONIM
    name = f"{role}-{chance.getrandbits(32):08x}"
    if role is not Role.SAKSI:
        return Source(name, role, channel=channel)
    contest = chance.choice(plan.election.contests_of(tps.code))
    return Source(name, role, camp=chance.choice(contest.choices), channel=channel)


def _is_easier(plan: Plan, desa: AreaCode) -> bool:
    """Tell whether a rule may ask less of reports from this desa."""
    classes = (plan.tps[code].tps_class for code in plan.tps_of_desa[desa])
    return any(one is not TpsClass.KURANG_RAWAN for one in classes)


def _place(plan: Plan, tps: Tps, chance: Random) -> Place | UnsetType:
    """Say where, in one of the ways in which people do; only some of them are sure."""
    name = _as_written("desa", plan.name_of(tps.desa), chance)
    # Where several kabupaten are watched, people far away would not be understood without it.
    kabupaten = tps.kabupaten if len(plan.kabupaten) > 1 else ""
    kecamatan = _as_written("kec.", plan.name_of(kecamatan_of(tps.code)), chance)
    match _weighted(chance, _PLACES):
        case "tps":
            return Place(tps=tps.code)
        case "desa":
            return Place(desa=tps.desa)
        case "words":
            return Place(name=name, kecamatan=kecamatan, tps_number=int(tps.code[-3:]))
        case "name":
            return Place(name=name, kabupaten=kabupaten)
        case "kecamatan":
            return Place(kecamatan=kecamatan, kabupaten=kabupaten)
        case _:
            return Place(kabupaten=kabupaten) if kabupaten else UNSET


def _as_written(kind: str, name: str, chance: Random) -> str:
    ways = (name, name.lower(), name.upper(), name.replace(" ", ""), f"{kind} {name.lower()}")
    return chance.choice(ways)


def _photo(chance: Random) -> tuple[Attachment, ...]:
    if chance.random() >= _PHOTO_SHARE:
        return ()
    return (Attachment(EvidenceKind.PHOTO, sha256=f"{chance.getrandbits(256):064x}"),)


def _weighted(chance: Random, weights: Mapping[_Drawn, int]) -> _Drawn:
    return chance.choices(tuple(weights), tuple(weights.values()))[0]
