"""Which rules a command is about: a pack that is shipped, a folder with one, or an election's.

siaga                            the shipped pack of that name
my-pack/                         a folder with taxonomy.yaml and rules/
elections/rejang-lebong-2024/    the pack of an election, with the overrides of its folder
"""

import argparse
from pathlib import Path

from streams.errors import InputError
from streams.rules.pack import Pack
from streams.rules.reading import PackText, read_pack
from streams.setup import folder_text, pack_text, text_of
from streams.wire.folder import load_plan

__all__ = ["add_source", "pack_at", "text_at"]


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
    if (folder / "election.toml").is_file():
        text = text_of(load_plan(folder))
        return text if profile is None else PackText(text.name, profile, text.files, text.overrides)
    if (folder / "taxonomy.yaml").is_file():
        # A folder that is named by dots has a name of its own all the same.
        return folder_text(folder if folder.name else folder.resolve(), profile or "pilkada")
    if folder.is_dir():
        raise InputError(
            f"{name}: neither a pack (with taxonomy.yaml) nor an election (with election.toml)"
        )
    return pack_text(name, profile or "pilkada")


def pack_at(arguments: argparse.Namespace) -> Pack:
    """Return the rules that the command line names."""
    return read_pack(text_at(arguments.pack, arguments.profile))
