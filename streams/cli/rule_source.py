"""Which rules a command is about: a pack that is shipped, a folder with one, or an election's.

siaga                            the shipped pack of that name
my-pack/                         a folder with taxonomy.yaml and rules/
elections/rejang-lebong-2024/    the pack of an election, with the overrides of its folder

A word that names a shipped pack is that pack, whatever folders there are: the folder `siaga` is
`./siaga`.
"""

import argparse
from pathlib import Path
from typing import Final

from streams.errors import InputError
from streams.rules.pack import Pack
from streams.rules.reading import Draft, PackText, draft_of
from streams.setup import folder_text, pack_text, shipped_packs, text_of
from streams.wire.folder import load_plan

__all__ = ["add_source", "check_election", "draft_at", "pack_at", "text_at"]

_ELECTION_FILE: Final = "election.toml"


def add_source(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name rules."""
    parser.add_argument(
        "pack",
        metavar="PACK",
        nargs="?",
        default="siaga",
        help="name of a shipped pack, folder of a pack, or election folder (default: siaga)",
    )
    parser.add_argument(
        "--profile",
        choices=["pilkada", "pilkades", "pemilu"],
        help="whose thresholds (default: the election's, else pilkada)",
    )


def text_at(name: str, profile: str | None) -> PackText:
    """Return the files of the rules that are named.

    Raises:
        ConfigError: There is no pack of this name.
        InputError: The folder is neither a pack nor an election, or cannot be used.
    """
    folder = Path(name)
    if name in shipped_packs():
        return pack_text(name, profile or "pilkada")
    if (folder / _ELECTION_FILE).is_file():
        text = text_of(load_plan(folder))
        return text if profile is None else PackText(text.name, profile, text.files, text.overrides)
    if (folder / "taxonomy.yaml").is_file():
        # A folder that is named by dots has a name of its own all the same.
        return folder_text(folder if folder.name else folder.resolve(), profile or "pilkada")
    if folder.is_dir() or "/" in name or name.startswith("."):
        raise InputError(
            f"{name}: neither a pack (with taxonomy.yaml) nor an election (with election.toml); "
            f"looked in {folder.resolve()}"
        )
    return pack_text(name, profile or "pilkada")


def check_election(name: str, election: str) -> None:
    """Refuse a folder of another election than the one that is meant.

    Raises:
        InputError: The folder that is named is one of an election, and not of this one.
    """
    folder = Path(name)
    if name in shipped_packs() or not (folder / _ELECTION_FILE).is_file():
        return
    own = load_plan(folder).election.id
    if own != election:
        raise InputError(f"{name}: the folder is of {own}, not {election}")


def draft_at(arguments: argparse.Namespace) -> tuple[Draft, Pack]:
    """Return the rules that the command line names, as they are written and for their profile."""
    text = text_at(arguments.pack, arguments.profile)
    draft = draft_of(text)
    return draft, draft.pack(text.profile)


def pack_at(arguments: argparse.Namespace) -> Pack:
    """Return the rules that the command line names."""
    return draft_at(arguments)[1]
