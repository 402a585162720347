"""From election folders to what judges: plans, packs and keys are read here, once, at the start.

    folders ─► plans ─► territory ─► acceptor: is an input taken, and where does it belong?
                  └──► packs ─► world ─► fold: what does it mean?

Every command that judges uses this one way, so a replay knows exactly what a worker knows.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from streams.config import Config
from streams.domain.effects import RuleFault
from streams.errors import ConfigError
from streams.fold import PartitionFold
from streams.judge.world import Watched, World
from streams.room.users_file import read_users
from streams.rules.compiled import CompiledPack
from streams.rules.compiling import compile_pack
from streams.rules.pack import Pack, PackFile
from streams.rules.reading import PackText, read_pack
from streams.territory.loaded import Territory
from streams.territory.plan import Actor, Plan
from streams.wire.accept import UNSAFE_PSEUDONYM_KEY, Acceptor, AcceptSettings
from streams.wire.folder import load_plan, shipped_areas
from streams.wire.producers import NO_PRODUCERS, Producers, parse_producers

__all__ = [
    "Setup",
    "folder_text",
    "load_pack",
    "load_setup",
    "pack_of",
    "pack_text",
    "recorded_settings",
    "room_actors",
    "shipped_packs",
    "text_of",
    "worker_settings",
]

_PACKS: Final = Path(__file__).parent / "rules" / "packs"
_SUFFIX: Final = ".yaml"
_RULES: Final = "rules"
_KEY_BYTES_MIN: Final = 16


class Setup(Struct, frozen=True):
    """What was known before the day, ready to judge."""

    world: World
    acceptor: Acceptor

    def fold(self, partition: int, on_fault: Callable[[RuleFault], None]) -> PartitionFold:
        """Return the empty fold of a journal partition; `on_fault` is told of failing rules."""
        return PartitionFold(partition, self.world, on_fault)


def load_setup(
    folders: Sequence[Path],
    settings: AcceptSettings,
    *,
    shadows: bool = False,
    room: tuple[Actor, ...] | None = None,
) -> Setup:
    """Read election folders with their packs.

    Args:
        folders: At least one.
        settings: Of intake, from `worker_settings` or `recorded_settings`.
        shadows: Whether rules of maturity `shadow` judge too, for an author to look at.
        room: The control room's users, from `room_actors`: they are on the roster of every one.

    Raises:
        ConfigError: No folder is named, or a pack cannot be used.
        InputError: A folder cannot be used, or two of them clash.
    """
    if not folders:
        raise ConfigError(
            "no election is watched: name its folder (--election FOLDER, "
            '`elections = ["FOLDER"]` in siaga.toml, or SIAGA_ELECTIONS)'
        )
    plans = [load_plan(folder, room=room) for folder in folders]
    packs = {plan.election.id: pack_of(plan) for plan in plans}
    territory = Territory.of(plans)
    world = World(
        {
            name: Watched.of(plan, _ready(packs[name], shadows=shadows))
            for name, plan in territory.plans.items()
        }
    )
    categories = frozenset(code for pack in packs.values() for code in pack.taxonomy)
    return Setup(world, Acceptor(territory, shipped_areas(), categories, settings))


def _ready(pack: Pack, *, shadows: bool) -> CompiledPack:
    return compile_pack(pack, pack.shadows if shadows else ())


def worker_settings(config: Config) -> AcceptSettings:
    """Return how a worker of this installation takes inputs.

    Raises:
        ConfigError: A file of keys cannot be used.
    """
    return AcceptSettings(
        clock=config.clock,
        producers=_producers(config.producer_keys_file),
        pseudonym_key=_pseudonym_key(config.pseudonym_key_file),
    )


def recorded_settings(config: Config) -> AcceptSettings:
    """Return how events of a file are taken: they carry no signatures, and no headers at all.

    Raises:
        ConfigError: The file of the pseudonyms' key cannot be used.
    """
    return AcceptSettings(pseudonym_key=_pseudonym_key(config.pseudonym_key_file), by_scope=True)


def room_actors(config: Config) -> tuple[Actor, ...] | None:
    """Return the control room's users as those who may command; None: there is no users file.

    They are read once: who is added later commands after the workers have been started again.

    Raises:
        ConfigError: The file cannot be used.
    """
    return read_users(Path(config.users_file)).roster if config.users_file else None


def shipped_packs() -> tuple[str, ...]:
    """Return the names of the packs that are shipped."""
    return tuple(sorted(one.name for one in _PACKS.iterdir() if one.is_dir()))


def pack_text(name: str, profile: str, overrides: Sequence[PackFile] = ()) -> PackText:
    """Return the files of a pack that is shipped.

    Raises:
        ConfigError: There is none of that name.
    """
    known = shipped_packs()
    if name not in known:
        raise ConfigError(f"pack {name!r}: there is none of this name; known: {', '.join(known)}")
    return folder_text(_PACKS / name, profile, overrides)


def folder_text(folder: Path, profile: str, overrides: Sequence[PackFile] = ()) -> PackText:
    """Return the files of a pack in a folder, which has `taxonomy.yaml` and `rules/`.

    Raises:
        ConfigError: A file cannot be read.
    """
    files = ((str(file.relative_to(folder)), _text(file)) for file in folder.rglob(f"*{_SUFFIX}"))
    named = tuple(PackFile(one, text) for one, text in sorted(files))
    return PackText(folder.name, profile, named, tuple(overrides))


def load_pack(name: str, profile: str) -> Pack:
    """Read a pack for a profile.

    Raises:
        ConfigError: There is none of that name, or it cannot be read.
    """
    return read_pack(pack_text(name, profile))


def pack_of(plan: Plan) -> Pack:
    """Return the pack that an election is judged by, with the overrides of its folder.

    Raises:
        ConfigError: There is none of this name, or it or an override cannot be used.
    """
    return read_pack(text_of(plan))


def text_of(plan: Plan) -> PackText:
    """Return the files of the pack that an election is judged by, with the overrides of its folder.

    Raises:
        ConfigError: There is none of this name.
    """
    overrides = [PackFile(f"{_RULES}/{one.file}", one.text) for one in plan.overrides]
    return pack_text(plan.election.pack, plan.election.profile, overrides)


def _producers(file: str) -> Producers:
    if not file:
        return NO_PRODUCERS
    try:
        return parse_producers(_read(file).decode())
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: expected UTF-8") from error


def _pseudonym_key(file: str) -> bytes:
    if not file:
        return UNSAFE_PSEUDONYM_KEY
    key = _read(file).strip()
    if len(key) < _KEY_BYTES_MIN:
        raise ConfigError(f"{file}: expected at least {_KEY_BYTES_MIN} bytes as key")
    return key


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: expected UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from error


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from error
