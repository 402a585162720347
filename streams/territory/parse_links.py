"""`adjacency.csv` and `contacts.toml`: which desa touch, and who is told (contract §6)."""

import re
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.alert import AGENCY, LADDERS, PILKADES_LADDERS, Ladder
from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode, area_kind, kabupaten_of
from streams.domain.words import AreaKind
from streams.territory.cells import area_code
from streams.territory.fault import Faults
from streams.territory.plan import Actor, Contact, Election, ElectionKind, Way, covers
from streams.territory.sheet import Columns, Row, nearest, read_rows
from streams.territory.toml_text import Table, read_toml
from streams.territory.zone import clock_minutes, in_indonesia

__all__ = ["Around", "KnownDesa", "parse_adjacency", "parse_contacts"]

_ADJACENCY: Final = Columns(required=("desa_a", "desa_b"))
_CONTACT_KEYS: Final = (
    "ladder",
    "level",
    "area",
    "name",
    "channel",
    "target",
    "language",
    "hours",
    "fallback",
    "actor",
    AGENCY,
)
_WAYS: Final = 'ways to try next, as [{channel = "sms", target = "+62812..."}], at most 9'
_WAYS_MAX: Final = 9
_CHANNEL: Final = re.compile(r"[a-z][a-z0-9_-]*")
_AGENCY: Final = re.compile(r"[a-z][a-z0-9_]*")


class _WayText(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `fallback`."""

    channel: str
    target: str


class Around(Struct, frozen=True):
    """What contacts are checked against."""

    election: Election
    watched: tuple[AreaCode, ...]
    """Kabupaten that have TPS."""
    actors: tuple[Actor, ...] | None
    """None: there is no roster, or none that could be read whole."""


class KnownDesa(Struct, frozen=True):
    """Which codes of desa exist, as far as is known.

    Attributes:
        desa: Those that are known.
        watched: Kabupaten that have TPS.
        complete: Kabupaten all of whose desa are known.
    """

    desa: frozenset[AreaCode]
    watched: frozenset[AreaCode]
    complete: frozenset[AreaCode]

    def may_be(self, code: AreaCode) -> bool:
        """Tell whether a code can be that of a desa in a watched kabupaten, if any is known."""
        kabupaten = kabupaten_of(code)
        if not self.watched:
            return True
        return code in self.desa or (kabupaten in self.watched and kabupaten not in self.complete)


def parse_adjacency(
    text: str, known: KnownDesa, faults: Faults
) -> dict[AreaCode, tuple[AreaCode, ...]]:
    """Read `adjacency.csv`; return the neighbours of each desa, both ways and sorted."""
    found: dict[AreaCode, set[AreaCode]] = {}
    for row in read_rows(text, _ADJACENCY, faults):
        one, other = _known(row, "desa_a", known), _known(row, "desa_b", known)
        if one is None or other is None:
            continue
        if one == other:
            row.error("desa_b", "another desa than desa_a")
        elif other in found.get(one, ()):
            row.warning("desa_b", "each border once; it is taken once")
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {code: tuple(sorted(found[code])) for code in sorted(found)}


def _known(row: Row, column: str, known: KnownDesa) -> AreaCode | None:
    code = area_code(row, column, AreaKind.DESA)
    if code is not None and not known.may_be(AreaCode(code)):
        row.error(column, "a desa that exists in a kabupaten with TPS")
        return None
    return AreaCode(code) if code else None


def parse_contacts(text: str, around: Around, faults: Faults) -> tuple[Contact, ...]:
    """Read `contacts.toml`; a ladder to which nobody belongs is noted as a warning."""
    document = read_toml(text, ("contacts",), faults)
    if document is None:
        return ()
    document.top.known_keys("contacts")
    contacts = tuple(_contact(table, around) for table in document.tables["contacts"])
    told = {contact.ladder for contact in contacts}
    # A ladder that is misspelt would be missed as well: one slip is one fault.
    if all(fault.column != "ladder" for fault in faults.noted):
        for ladder in Ladder:
            if ladder not in told:
                expected = f"at least one [[contacts]] of ladder {ladder}"
                faults.warning(0, "", f"nobody to tell on ladder {ladder}", expected)
    return contacts


def _contact(table: Table, around: Around) -> Contact:
    table.known_keys(*_CONTACT_KEYS)
    ladder, level = _step(table, around.election)
    area = _area(table, around.watched)
    channel = table.text("channel")
    if channel and not _CHANNEL.fullmatch(channel):
        table.error("channel", "a word in lower case, as telegram, sms, webhook")
    target = table.value("target")
    if not isinstance(target, str) or not target.strip():
        table.hidden("target", "an address that the channel understands, in quotes")
    return Contact(
        ladder=ladder,
        level=level,
        area=AreaCode(area),
        name=table.text("name"),
        channel=channel,
        target=target.strip() if isinstance(target, str) else "",
        language=_language(table, around.election),
        hours=_hours(table),
        fallback=_fallback(table),
        actor=_actor(table, area, around.actors),
    )


def _area(table: Table, watched: tuple[AreaCode, ...]) -> str:
    area = table.text("area")
    if area and (area_kind(area) is None or not in_indonesia(area)):
        table.error("area", "the code of an area, as 36.04")
    elif area and watched and not any(covers(area, code) or covers(code, area) for code in watched):
        table.error("area", "an area with TPS of this election")
    return area


def _fallback(table: Table) -> tuple[Way, ...]:
    """Return the ways that are tried after the first; they have addresses, so none is shown."""
    if not table.has("fallback"):
        return ()
    try:
        ways = msgspec.convert(table.value("fallback"), tuple[_WayText, ...])
    except msgspec.ValidationError:
        ways = ()
    if 0 < len(ways) <= _WAYS_MAX and all(map(_is_way, ways)):
        return tuple(Way(way.channel, way.target.strip()) for way in ways)
    table.hidden("fallback", _WAYS)
    return ()


def _is_way(way: _WayText) -> bool:
    return bool(_CHANNEL.fullmatch(way.channel) and way.target.strip())


def _actor(table: Table, area: str, actors: tuple[Actor, ...] | None) -> str:
    """Return as whom a contact answers, who must stand on the roster if there is one."""
    if not table.has("actor"):
        return ""
    name = table.text("actor")
    if not name or actors is None:
        return name
    listed = next((one for one in actors if one.actor == name), None)
    if listed is None:
        hint = nearest(name, (one.actor for one in actors))
        table.error("actor", f"the id of an actor that actors.csv, or the room, has{hint}")
    elif listed.role is ActorRole.VIEWER or not covers(listed.area, area):
        expected = f"an actor who may act in {area}: the answers of this one will be refused"
        table.warning("actor", expected)
    return name


def _step(table: Table, election: Election) -> tuple[str, str]:
    """Return ladder and level, or that it is an agency and which.

    A village's election has other levels on ADM and GAK.
    """
    if table.has(AGENCY):
        return AGENCY, _agency(table)
    name, level = table.text("ladder"), table.text("level")
    names = [str(ladder) for ladder in Ladder]
    if name not in names:
        if name:
            table.error("ladder", f"one of {', '.join(names)}{nearest(name.upper(), names)}")
        return Ladder.OPS, level
    ladder = Ladder(name)
    ladders = PILKADES_LADDERS if election.kind is ElectionKind.PILKADES else LADDERS
    if level and level not in ladders[ladder]:
        table.error("level", f"one of {', '.join(ladders[ladder])} on ladder {ladder}")
    return ladder, level


def _agency(table: Table) -> str:
    agency = table.text(AGENCY)
    if agency and not _AGENCY.fullmatch(agency):
        table.error(AGENCY, "the word of a route, as bpbd or puskesmas")
    for other in ("ladder", "level"):
        if table.has(other):
            table.error(other, "either `agency`, or `ladder` and `level`")
    return agency


def _language(table: Table, election: Election) -> str:
    language = table.text("language", election.languages[0])
    if language not in election.languages:
        table.error("language", f"one of {', '.join(election.languages)}, as election.toml says")
    return language


def _hours(table: Table) -> str:
    if not table.has("hours"):
        return ""
    text = table.text("hours")
    match [clock_minutes(part.strip()) for part in text.split("-")]:
        case [int(start), int(end)] if start != end:
            return text
        case _:
            pass
    table.error("hours", 'local times as "07:00-22:00"')
    return ""
