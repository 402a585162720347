"""`personnel.csv` and `actors.csv`: who is on duty, and who may command (contract §6).

An officer belongs to one kabupaten: the one in that column, else the one in which the Polsek or the
pair occurs. Where it occurs in two, the column is needed; nothing is guessed.
"""

import re
from collections.abc import Iterable
from typing import Final

from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode, area_kind, kabupaten_of
from streams.domain.words import AreaKind, Role
from streams.territory.cells import area_code, boolean, clock, kabupaten_code, required
from streams.territory.fault import Faults, some_of
from streams.territory.names import fold
from streams.territory.parse_tps import TpsSheet, polsek_name
from streams.territory.plan import Actor, Officer, covers
from streams.territory.sheet import Columns, Row, nearest, read_rows
from streams.territory.zone import in_indonesia

__all__ = ["PersonnelSheet", "parse_actors", "parse_personnel", "with_room"]

_PERSONNEL: Final = Columns(
    required=("officer", "name", "role", "polsek", "pair", "phone", "on_duty"),
    optional=("desa", "shift_start", "shift_end", "kabupaten"),
)
_ACTORS: Final = Columns(required=("actor", "role", "area"))
_ROLES: Final = {str(role): role for role in Role}
_ACTOR_ROLES: Final = {str(role): role for role in ActorRole}
_OF_A_POLSEK: Final = frozenset({Role.PAM_TPS, Role.BHABINKAMTIBMAS, Role.POLSEK})
_ID_LENGTH_MAX: Final = 64
_PHONE_NOISE: Final = re.compile(r"[\s().-]")
_PHONE: Final = re.compile(r"(?:\+?62|0)?([1-9][0-9]{6,12})")
_HINTED_KABUPATEN_MAX: Final = 20
_COUNTRY: Final = "+62"


class PersonnelSheet:
    """What `personnel.csv` says.

    Attributes:
        officers: By (kabupaten, id); rows with a fault are left out.
        phones: Telephone numbers, kept apart, as +62 and digits.
    """

    def __init__(self, tps: TpsSheet, faults: Faults) -> None:
        self.officers: dict[tuple[AreaCode, str], Officer] = {}
        self.phones: dict[tuple[AreaCode, str], str] = {}
        self._lines: dict[tuple[AreaCode, str], int] = {}
        self._tps = tps
        self._faults = faults
        self._places = {"polsek": _by_name(tps.polsek), "pair": _by_name(tps.pairs)}
        self._watched = frozenset(kabupaten_of(code) for code in tps.lines)

    def take(self, row: Row) -> None:
        """Check a row, and keep its officer if it has no fault."""
        before = len(self._faults.noted)
        officer, name, role = required(row, "officer"), required(row, "name"), _role(row)
        if len(officer) > _ID_LENGTH_MAX:
            row.error("officer", f"an id of at most {_ID_LENGTH_MAX} characters")
        on_duty = boolean(row, "on_duty") if required(row, "on_duty") else None
        start, end = _shift(row)
        phone = _phone(row)
        kabupaten = self._kabupaten(row, role)
        desa = self._desa(row, kabupaten)
        if kabupaten is None or role is None:
            return
        key = (kabupaten, officer)
        if officer and key in self._lines:
            row.error("officer", f"an id once in a kabupaten; line {self._lines[key]} has it")
        self._lines.setdefault(key, row.line)
        if len(self._faults.noted) > before:
            return
        polsek = self._tps.polsek.get((kabupaten, fold(polsek_name(row["polsek"]))), "")
        self.officers[key] = Officer(
            officer=officer,
            name=name,
            role=role,
            polsek=polsek,
            kabupaten=kabupaten,
            pair=row["pair"],
            on_duty=bool(on_duty),
            desa=desa,
            shift_start_minutes=start,
            shift_end_minutes=end,
        )
        if phone:
            self.phones[key] = phone

    def _kabupaten(self, row: Row, role: Role | None) -> AreaCode | None:
        """Return the officer's kabupaten; None if it is not sure, which is noted."""
        among = self._given(row)
        if not among:
            return None
        if row["polsek"]:
            among = self._narrowed(row, "polsek", among)
        elif role in _OF_A_POLSEK:
            row.error("polsek", f"a Polsek, as the role is {role}")
            return None
        if row["pair"] and among:
            among = self._narrowed(row, "pair", among)
        if len(among) > 1:
            known = [column for column in ("polsek", "pair") if row[column]]
            why = f"its {known[0]} occurs in" if known else "there are TPS in"
            row.error("kabupaten", f"a code, as {why} {some_of(sorted(among))}")
        return min(among) if len(among) == 1 else None

    def _given(self, row: Row) -> frozenset[AreaCode]:
        """Return the kabupaten that a row names, else all that have TPS; empty if it is wrong.

        If no TPS could be read, that is a fault of tps.csv and not of each officer.
        """
        if not row["kabupaten"]:
            return self._watched
        code = kabupaten_code(row, "kabupaten")
        if code is not None and self._watched and code not in self._watched:
            row.error("kabupaten", f"one that has TPS: {some_of(sorted(self._watched))}")
        return self._watched & {AreaCode(code or "")}

    def _narrowed(self, row: Row, column: str, among: frozenset[AreaCode]) -> frozenset[AreaCode]:
        """Return those kabupaten in which the Polsek or pair of a row occurs; none is noted."""
        name = fold(polsek_name(row[column])) if column == "polsek" else row[column]
        found = self._places[column].get(name, frozenset())
        if AreaCode("") in found:
            # It stands in a row of tps.csv whose code could not be read: one fault is enough.
            return frozenset()
        if not among & found:
            hint = self._hint(row[column], column, among)
            row.error(column, f"a {column} that tps.csv has there{hint}")
        return among & found

    def _hint(self, text: str, column: str, among: frozenset[AreaCode]) -> str:
        # In a national file there are too many names for a guess to be worth its time.
        if len(among) > _HINTED_KABUPATEN_MAX:
            return ""
        if column == "polsek":
            return nearest(
                text, (name for (code, _), name in self._tps.polsek.items() if code in among)
            )
        return nearest(text, (pair for code, pair in self._tps.pairs if code in among))

    def _desa(self, row: Row, kabupaten: AreaCode | None) -> AreaCode | None:
        if not row["desa"]:
            return None
        code = area_code(row, "desa", AreaKind.DESA)
        if code and kabupaten and kabupaten_of(code) != kabupaten:
            row.error("desa", f"a desa of the officer's kabupaten {kabupaten}")
        return AreaCode(code) if code else None


def parse_personnel(text: str, tps: TpsSheet, faults: Faults) -> PersonnelSheet:
    """Read `personnel.csv`; a row with a fault is noted and left out."""
    sheet = PersonnelSheet(tps, faults)
    for row in read_rows(text, _PERSONNEL, faults):
        sheet.take(row)
    return sheet


def parse_actors(text: str, watched: frozenset[AreaCode], faults: Faults) -> tuple[Actor, ...]:
    """Read `actors.csv`; an area must hold, or lie in, a kabupaten of `watched`."""
    found: dict[str, tuple[int, Actor]] = {}
    for row in read_rows(text, _ACTORS, faults):
        actor = required(row, "actor")
        role = _ACTOR_ROLES.get(row["role"].lower())
        if role is None:
            hint = nearest(row["role"], _ACTOR_ROLES)
            row.error("role", f"one of {', '.join(_ACTOR_ROLES)}{hint}")
        _check_actor_area(row, role, watched)
        if actor in found:
            row.error("actor", f"one row for each actor; line {found[actor][0]} has it already")
        elif role is not None:
            found[actor] = (row.line, Actor(actor=actor, role=role, area=AreaCode(row["area"])))
    return tuple(actor for _, actor in found.values())


def with_room(
    listed: tuple[Actor, ...], room: tuple[Actor, ...], faults: Faults
) -> tuple[Actor, ...]:
    """Add the control room's users to those of `actors.csv`.

    Who stands in both with another role or area counts as the room has him, for so he sees himself
    there; that is noted.
    """
    users = {one.actor: one for one in room}
    for one in listed:
        user = users.get(one.actor, one)
        if user != one:
            found = f"{one.actor} as {one.role} of {one.area or 'everywhere'}"
            expected = f"{user.role} of {user.area or 'everywhere'}, as the room's users have it"
            faults.warning(0, "actor", found, expected)
    return (*(users.pop(one.actor, one) for one in listed), *users.values())


def _check_actor_area(row: Row, role: ActorRole | None, watched: frozenset[AreaCode]) -> None:
    area = row["area"]
    # Programs act everywhere; a person acts somewhere.
    if not area and role is ActorRole.SYSTEM:
        return
    if area_kind(area) in (None, AreaKind.TPS) or not in_indonesia(area):
        row.error("area", "the code of the area that the actor may act on, as 36.04")
    elif watched and not any(covers(area, code) or covers(code, area) for code in watched):
        row.error("area", "an area with TPS of this election")


def _by_name(keys: Iterable[tuple[AreaCode, str]]) -> dict[str, frozenset[AreaCode]]:
    found: dict[str, set[AreaCode]] = {}
    for kabupaten, name in keys:
        found.setdefault(name, set()).add(kabupaten)
    return {name: frozenset(codes) for name, codes in found.items()}


def _role(row: Row) -> Role | None:
    role = _ROLES.get(row["role"].lower())
    if role is None:
        row.error("role", f"one of {', '.join(_ROLES)}{nearest(row['role'], _ROLES)}")
    return role


def _shift(row: Row) -> tuple[int | None, int | None]:
    start, end = clock(row, "shift_start"), clock(row, "shift_end")
    missing = [name for name in ("shift_start", "shift_end") if not row[name]]
    if len(missing) == 1:
        row.error(missing[0], "both shift_start and shift_end, or neither")
    elif start is not None and start == end:
        row.error("shift_end", "another time than shift_start")
    return start, end


def _phone(row: Row) -> str:
    """Return the number as +62 and digits; empty if there is none, or none that can be read."""
    if not row["phone"]:
        return ""
    match = _PHONE.fullmatch(_PHONE_NOISE.sub("", row["phone"]))
    if match is None:
        # A spreadsheet shows a long number as 6.28E+11 and saves it so.
        row.hidden("phone", "a telephone number as +62812..., in a column of text")
    return f"{_COUNTRY}{match[1]}" if match else ""
