"""Election folders on disk: files to texts, and texts to a plan (contract §6).

The one place where a folder is read. What the texts say is judged by `streams.territory.parse`;
here a file is only found and decoded, and a file that is no UTF-8 becomes a fault like any other.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from streams.errors import InputError
from streams.territory.areas import Areas, parse_areas
from streams.territory.fault import Fault, Faults
from streams.territory.parse import RULES, parse_folder
from streams.territory.plan import Actor, Plan

__all__ = ["load_folder", "load_plan", "shipped_areas"]

_AREAS: Final = Path(__file__).parents[1] / "territory" / "data" / "areas.csv"
_TABLES: Final = frozenset({".csv", ".toml"})
_NOT_RULES: Final = frozenset({".md"})
# Left behind by Excel and LibreOffice while a file is open.
_TEMPORARY: Final = (".", "~")
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS: Final = 'UTF-8: save it again as "CSV UTF-8"'


@cache
def shipped_areas() -> Areas:
    """Read the register of areas that is part of the package.

    Raises:
        InputError: The file is missing or damaged: the installation is not whole.
    """
    faults = Faults(_AREAS.name)
    try:
        areas = parse_areas(_AREAS.read_text("utf-8"), faults)
    except OSError as error:
        raise InputError(f"{_AREAS}: {error.strerror}; install the package again") from error
    if faults.noted:
        raise InputError(f"{_AREAS}: {faults.noted[0]}; install the package again")
    return areas


def load_folder(
    folder: Path, areas: Areas | None = None, room: tuple[Actor, ...] | None = None
) -> tuple[Plan | None, tuple[Fault, ...]]:
    """Read an election folder.

    Args:
        folder: The folder.
        areas: The register of areas; without it the shipped one.
        room: The control room's users, who may command as well; None: it has no users file.

    Returns:
        The plan, or None if there is an error; and all faults, errors and warnings.

    Raises:
        InputError: There is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder, expected one with election.toml and tps.csv")
    texts: dict[str, str] = {}
    noted: list[Fault] = []
    for name, path in _files(folder):
        faults = Faults(name)
        text = _read(path, faults)
        if text is not None:
            texts[name] = text
        noted += faults.noted
    with _no_collection():
        return parse_folder(texts, shipped_areas() if areas is None else areas, noted, room)


def load_plan(
    folder: Path, areas: Areas | None = None, room: tuple[Actor, ...] | None = None
) -> Plan:
    """Read an election folder that must be usable; warnings are for `siaga check`.

    Arguments as of `load_folder`.

    Raises:
        InputError: There is no such folder, or it has an error; the message has all of them.
    """
    plan, faults = load_folder(folder, areas, room)
    if plan is None:
        errors = "\n".join(str(fault) for fault in faults if fault.severity == "error")
        raise InputError(f"{folder} cannot be used; mend it (siaga check {folder}):\n{errors}")
    return plan


@contextmanager
def _no_collection() -> Generator[None]:
    """Keep the garbage collector off: a plan has no cycles, and all that is made stays.

    It took 5 of the 16 seconds of a national folder (435,296 TPS).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _files(folder: Path) -> list[tuple[str, Path]]:
    """List what may be part of the folder: tables beside each other, and what is in `rules/`."""
    tables = [path for path in folder.iterdir() if path.suffix.lower() in _TABLES]
    inside = folder / RULES
    rules = list(inside.iterdir()) if inside.is_dir() else []
    named = [(path.name, path) for path in tables]
    named += [(RULES + path.name, path) for path in rules if path.suffix not in _NOT_RULES]
    return sorted(
        (name, path)
        for name, path in named
        if path.is_file() and not path.name.startswith(_TEMPORARY)
    )


def _read(path: Path, faults: Faults) -> str | None:
    """Return the text of a file; None if it cannot be read as UTF-8, which is noted."""
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.error(0, "", f"a file that cannot be read ({error.strerror})", "a readable file")
        return None
    if content.startswith(_UTF_16_MARKS):
        faults.error(0, "", "UTF-16", _SAVE_AS)
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.error(line, "", f"the byte 0x{content[error.start]:02x}", _SAVE_AS)
        return None
