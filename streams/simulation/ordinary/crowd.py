"""What 200 people report on a day: each draws for itself.

Most of it is chatter: questions, thanks, wishes, the queue. A few claim something that would
matter, alone or not as luck has it: a report does not know what others have said, nor how much its
voice weighs. Reports of one thing by chance meet at one place now and then. How many claim what,
and why, says `kinds`.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from random import Random

from msgspec import UNSET, UnsetType

from streams.domain.events import Attachment, CrowdReport, Place, Source
from streams.domain.ids import kecamatan_of
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import Channel, EvidenceKind, Role
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import pick, wait
from streams.simulation.ordinary.kinds import Day
from streams.simulation.post import Post, chance_of, delay_ms, post_report, whole_second
from streams.territory.plan import Plan, Tps
from streams.wire.time import format_time

__all__ = ["crowd_posts", "sayings"]

_BEFORE = ("", "", "Lapor. ", "Info: ", "Pak, ", "Ibu, ", "Mohon dicek, ", "Tolong, ", "Halo. ")
_AFTER = ("", "", " mohon ditindak", " terima kasih", " barusan", " tadi", " katanya", " ya", " 🙏")


@cache
def sayings() -> Mapping[str, tuple[str, ...]]:
    """Read what people say, by category; without one it is the empty word."""
    text = files("streams.simulation").joinpath("data/ordinary.csv").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        found[row["category"]] = (*found.get(row["category"], ()), row["text"])
    return found


def crowd_posts(day: Day) -> Iterator[Post]:
    """Return the reports of a day."""
    stations = tuple(day.plan.tps.values())
    for number in range(rates.REPORTS):
        chance = chance_of(day.seed, "voice", str(number))
        yield _report(day, chance.choice(stations), chance, number)


def _report(day: Day, tps: Tps, chance: Random, number: int) -> Post:
    plan, kind = day.plan, day.kind
    first, last, mode = rates.REPORT_HOURS
    midnight = plan.election.day_start_at(plan.offset_minutes(tps.code))
    at = whole_second(midnight + chance.triangular(first, last, mode) * HOUR_MS)
    claims = chance.random() < kind.claims
    category = pick(chance, kind.claimed if claims else kind.chatter)
    channel = pick(chance, rates.CHANNELS)
    report = CrowdReport(
        id=f"suara-{number:04}",
        at=format_time(at, plan.offset_minutes(tps.code)),
        source=_source(day, tps, chance, channel),
        category=category or UNSET,
        text=_text(plan, tps, category, chance),
        place=_place(plan, tps, chance),
        evidence=_photo(chance),
    )
    queued = wait(chance, rates.OFFLINE_MEAN_MINUTES) if chance.random() < rates.QUEUED_SHARE else 0
    received = EpochMs(at + queued + delay_ms(chance, channel))
    return post_report(report, at, received, (tps.desa,))


def _source(day: Day, tps: Tps, chance: Random, channel: Channel) -> Source:
    role = pick(chance, day.kind.roles)
    name = f"{role}-{chance.getrandbits(32):08x}"
    if role is not Role.SAKSI:
        return Source(name, role, channel=channel)
    contest = chance.choice(day.plan.election.contests_of(tps.code))
    return Source(name, role, camp=chance.choice(contest.choices), channel=channel)


def _text(plan: Plan, tps: Tps, category: str, chance: Random) -> str:
    """Say it in words of one's own."""
    words = {"desa": plan.name_of(tps.desa), "tps": tps.code[-3:]}
    said = chance.choice(sayings()[category]).format_map(words)
    return f"{chance.choice(_BEFORE)}{said}{chance.choice(_AFTER)}"


def _place(plan: Plan, tps: Tps, chance: Random) -> Place | UnsetType:
    """Say where, in one of the ways in which people do; only some of them are sure."""
    desa = _as_written(plan.name_of(tps.desa), chance)
    # Where several kabupaten are watched, people far away would not be understood without it.
    kabupaten = tps.kabupaten if len(plan.kabupaten) > 1 else ""
    kecamatan = _as_written(plan.name_of(kecamatan_of(tps.code)), chance)
    match pick(chance, rates.PLACES):
        case "tps":
            return Place(tps=tps.code)
        case "desa":
            return Place(desa=tps.desa)
        case "words":
            return Place(name=desa, kecamatan=kecamatan, tps_number=int(tps.code[-3:]))
        case "name":
            return Place(name=desa, kabupaten=kabupaten)
        case "kecamatan":
            return Place(kecamatan=kecamatan, kabupaten=kabupaten)
        case _:
            return Place(kabupaten=kabupaten) if kabupaten else UNSET


def _as_written(name: str, chance: Random) -> str:
    return chance.choice((name, name.lower(), name.upper(), name.replace(" ", "")))


def _photo(chance: Random) -> tuple[Attachment, ...]:
    if chance.random() >= rates.PHOTO_SHARE:
        return ()
    return (Attachment(EvidenceKind.PHOTO, sha256=f"{chance.getrandbits(256):064x}"),)
