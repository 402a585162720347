"""An election folder: the texts of its files to a plan, or to everything that is wrong with them.

The order is that of dependence: the register of areas, the election, the TPS, then what refers to
them. A file that is missing or unreadable does not stop the others from being checked. The plan is
made only if no file has an error; warnings do not stop it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from streams.domain.ids import AreaCode, area_kind, desa_of, kabupaten_of
from streams.domain.words import AreaKind
from streams.territory.areas import Areas, parse_areas
from streams.territory.assemble import Parts, assemble
from streams.territory.beside import Override
from streams.territory.check import (
    check_contests,
    check_pairs_are_manned,
    check_register,
    check_tps,
)
from streams.territory.fault import Fault, Faults, errors_of
from streams.territory.parse_election import parse_election
from streams.territory.parse_links import Around, KnownDesa, parse_adjacency, parse_contacts
from streams.territory.parse_people import (
    PersonnelSheet,
    parse_actors,
    parse_personnel,
    with_room,
)
from streams.territory.parse_tps import TpsSheet, parse_tps
from streams.territory.plan import Actor, Contact, Election, Plan
from streams.territory.sheet import nearest

__all__ = ["FILES", "OPTIONAL_FILES", "RULES", "parse_folder"]

REQUIRED_FILES: Final = ("election.toml", "tps.csv", "personnel.csv", "contacts.toml")
OPTIONAL_FILES: Final = ("adjacency.csv", "actors.csv", "areas.csv")
FILES: Final = REQUIRED_FILES + OPTIONAL_FILES
RULES: Final = "rules/"
_RULE_ENDINGS: Final = (".yaml", ".yml")

Parsed = tuple[Plan | None, tuple[Fault, ...]]


class _Folder:
    """The texts, and the faults of each file."""

    def __init__(self, texts: Mapping[str, str], noted: Iterable[Fault]) -> None:
        self.texts = texts
        self.faults: dict[str, Faults] = {}
        for fault in noted:
            self.of(fault.file).noted.append(fault)
        self._unreadable = frozenset(self.faults)

    def of(self, name: str) -> Faults:
        """Return where to note the faults of a file."""
        return self.faults.setdefault(name, Faults(name))

    def text(self, name: str) -> str | None:
        """Return the text of a file; a required one that is missing is noted."""
        known = name in self.texts or name in self._unreadable
        if not known and name in REQUIRED_FILES:
            self.of(name).error(0, "", "no such file", "it in the election folder")
        return self.texts.get(name)

    def noted(self) -> tuple[Fault, ...]:
        """Return all faults, file by file and line by line."""
        files = sorted(self.faults, key=lambda name: (_rank(name), name))
        return tuple(
            fault
            for name in files
            for fault in sorted(self.faults[name].noted, key=lambda fault: fault.line)
        )


def parse_folder(
    texts: Mapping[str, str],
    areas: Areas,
    noted: Iterable[Fault] = (),
    room: tuple[Actor, ...] | None = None,
) -> Parsed:
    """Make the plan of an election folder.

    Args:
        texts: Text by name within the folder, as `tps.csv` and `rules/local.yaml`.
        areas: The register of areas; an `areas.csv` in the folder is added to it.
        noted: Faults of files that are there but have no text, as they could not be decoded.
        room: The control room's users, who may command as well; None: it has no users file.

    Returns:
        The plan, or None if there is an error, and all faults: errors and warnings.
    """
    folder = _Folder(texts, noted)
    _note_strangers(folder)
    more = folder.text("areas.csv")
    if more is not None:
        areas = areas.with_more(parse_areas(more, folder.of("areas.csv")))
    parts = _parts(folder, areas, room)
    faults = folder.noted()
    return (None if errors_of(faults) else assemble(parts)), faults


def _parts(folder: _Folder, areas: Areas, room: tuple[Actor, ...] | None) -> Parts:
    election, sheet = _tps(folder, areas)
    watched = frozenset(kabupaten_of(code) for code in sheet.lines)
    actors = _actors(folder, watched, room)
    return Parts(
        election=election,
        sheet=sheet,
        areas=areas,
        personnel=_personnel(folder, sheet),
        actors=actors,
        adjacency=_adjacency(folder, sheet, areas),
        contacts=_contacts(folder, Around(election, tuple(watched), _whole(folder, actors))),
        overrides=_overrides(folder),
    )


def _tps(folder: _Folder, areas: Areas) -> tuple[Election, TpsSheet]:
    """Read the election and its TPS, and check them against each other and the register."""
    text, table = folder.text("election.toml"), folder.text("tps.csv")
    # Of a file that is not there, that is the only fault.
    faults = folder.of("election.toml") if text is not None else Faults("election.toml")
    read = parse_election(text or "", faults)
    if table is None:
        return read.election, TpsSheet(read.election, areas, Faults("tps.csv"))
    sheet = parse_tps(table, read.election, areas, folder.of("tps.csv"))
    if sheet.lines:
        check_contests(read, sheet, faults)
        check_tps(sheet, folder.of("tps.csv"))
        check_register(sheet, areas, folder.of("tps.csv"))
    return read.election, sheet


def _personnel(folder: _Folder, sheet: TpsSheet) -> PersonnelSheet:
    text, faults = folder.text("personnel.csv"), folder.of("personnel.csv")
    if text is None:
        return PersonnelSheet(sheet, faults)
    personnel = parse_personnel(text, sheet, faults)
    # Officers who could not be read may be the very ones of a pair that seems to have none.
    if not faults.noted:
        pairs = ((officer.kabupaten, officer.pair) for officer in personnel.officers.values())
        check_pairs_are_manned(sheet, pairs, folder.of("tps.csv"))
    return personnel


def _actors(
    folder: _Folder, watched: frozenset[AreaCode], room: tuple[Actor, ...] | None
) -> tuple[Actor, ...] | None:
    text, faults = folder.text("actors.csv"), folder.of("actors.csv")
    if text is not None:
        listed = parse_actors(text, watched, faults)
        return listed if room is None else with_room(listed, room, faults)
    if room is not None:
        return room
    if not faults.noted:
        expected = "actor,role,area; without it a message's own role and area count"
        faults.warning(0, "", "no such file", expected)
    return None


def _adjacency(
    folder: _Folder, sheet: TpsSheet, areas: Areas
) -> dict[AreaCode, tuple[AreaCode, ...]]:
    text = folder.text("adjacency.csv")
    if text is None:
        return {}
    listed = frozenset(code for code in areas.names if area_kind(code) is AreaKind.DESA)
    known = KnownDesa(
        desa=listed | {desa_of(code) for code in sheet.lines},
        watched=frozenset(kabupaten_of(code) for code in sheet.lines),
        complete=areas.complete,
    )
    return parse_adjacency(text, known, folder.of("adjacency.csv"))


def _whole(folder: _Folder, actors: tuple[Actor, ...] | None) -> tuple[Actor, ...] | None:
    """Return a roster without errors: an actor who could not be read may be the one looked for."""
    return None if errors_of(tuple(folder.of("actors.csv").noted)) else actors


def _contacts(folder: _Folder, around: Around) -> tuple[Contact, ...]:
    text = folder.text("contacts.toml")
    if text is None:
        return ()
    return parse_contacts(text, around, folder.of("contacts.toml"))


def _overrides(folder: _Folder) -> tuple[Override, ...]:
    names = sorted(name for name in folder.texts if _is_rule(name))
    return tuple(Override(name.removeprefix(RULES), folder.texts[name]) for name in names)


def _is_rule(name: str) -> bool:
    return name.startswith(RULES) and name.endswith(_RULE_ENDINGS)


def _note_strangers(folder: _Folder) -> None:
    """Note tables and rules that are not read, as their name is not one of the contract's."""
    for name in folder.texts:
        if name not in FILES and not _is_rule(name):
            known = f"{RULES}NAME.yaml" if name.startswith(RULES) else ", ".join(FILES)
            expected = f"one of {known}{nearest(name, FILES)}"
            folder.of(name).warning(0, "", "a file that is not read", expected)


def _rank(name: str) -> int:
    return FILES.index(name) if name in FILES else len(FILES)
