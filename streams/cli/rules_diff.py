"""Judge a recorded day by two sets of rules, and tell what would be different.

    +  an alert that only the new rules open        -  one that only the old ones open
    ~  one that opens at another time, or is told at another severity or level

Below stand the calls of each level: in all, and in its busiest hour. So it is known what a changed
threshold costs the people who are called before it is changed.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from streams.authoring.backtest import Difference, Kind, Pages, differences, pages_of
from streams.cli.rule_source import text_at
from streams.cli.settings import config_of
from streams.cli.terminal import STDIN, lines_of, open_input
from streams.domain.effects import Line
from streams.domain.ids import ElectionId
from streams.errors import InputError
from streams.judge.state import Watched, World
from streams.replay import Judged, Replay
from streams.rules.compiling import compile_pack
from streams.rules.reading import PackText, read_pack
from streams.rules.wording import clock_text
from streams.setup import Setup, load_setup, recorded_settings
from streams.territory.zone import offset_minutes

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga rules diff siaga my-pack --election elections/rejang-lebong-2024 --events day.jsonl
  siaga rules diff siaga elections/rejang-lebong-2024 --election elections/rejang-lebong-2024 \\
      --events day.jsonl

exit code: 0 compared (there may be differences), 1 the input was bad
"""
_SIGNS: Final = {Kind.APPEARS: "+", Kind.VANISHES: "-", Kind.MOVES: "~"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules diff`."""
    parser.epilog = _EPILOG
    what = "a pack's name or folder, or an election folder"
    parser.add_argument("old", metavar="OLD", help=what)
    parser.add_argument("new", metavar="NEW", help=what)
    parser.add_argument(
        "--election", metavar="FOLDER", type=Path, required=True, help="where the day happened"
    )
    parser.add_argument(
        "--events", metavar="FILE", required=True, help="events as for `siaga replay`, in a file"
    )


def run(arguments: argparse.Namespace) -> int:
    """Judge the day twice, print what differs, and return the exit code."""
    if arguments.events == STDIN:
        raise InputError("--events -: the day is read twice, and standard input once: name a file")
    setup = load_setup([arguments.election], recorded_settings(config_of(arguments)))
    [(election, watched)] = setup.world.elections.items()
    profile = watched.plan.election.profile
    texts = (text_at(name, profile) for name in (arguments.old, arguments.new))
    old, new = (_judged(setup, election, watched, text, arguments.events) for text in texts)
    found = differences(old, new, _clock)
    print("\n".join(map(_told, found)) or "no alert differs")
    print("\n".join(_pages(pages_of(old), pages_of(new))))
    return 0


def _judged(
    setup: Setup, election: ElectionId, watched: Watched, text: PackText, name: str
) -> list[Line]:
    """Return the lines of the day by some rules."""
    rules = compile_pack(read_pack(text))
    world = World({election: Watched.of(watched.plan, rules)})
    replay = Replay(world, setup.acceptor)
    lines: list[Line] = []
    with open_input(name) as source:
        for number, line in lines_of(source, name, quiet=sys.stdout.isatty()):
            for outcome in replay.take(number, line):
                if isinstance(outcome, Judged):
                    lines += (one for one in outcome.effects if isinstance(one, Line))
        for judged in replay.finish():
            lines += (one for one in judged.effects if isinstance(one, Line))
    return lines


def _clock(line: Line) -> str:
    return clock_text(line.at, offset_minutes(line.alert))


def _told(one: Difference) -> str:
    about = f"{one.rule} {one.scope} {one.key}".rstrip()
    change = " -> ".join(text for text in (one.old, one.new) if text)
    return f"{_SIGNS[one.kind]} {about}  {change}"


def _pages(old: tuple[Pages, ...], new: tuple[Pages, ...]) -> Iterator[str]:
    before = {one.level: one for one in old}
    after = {one.level: one for one in new}
    yield ""
    yield f"{'level':12}  {'calls':>14}  {'busiest hour':>14}"
    for level in dict.fromkeys((*before, *after)):
        counts = [
            f"{getattr(before.get(level), name, 0)} -> {getattr(after.get(level), name, 0)}"
            for name in ("total", "busiest")
        ]
        yield f"{level:12}  {counts[0]:>14}  {counts[1]:>14}"
