"""Judge a recorded day by two sets of rules, and tell what would be different.

    +  an alert that only the new rules open        -  one that only the old ones open
    ~  one that opens at another time, or is told at another severity or level

Each is told with when it opened, how severe and at which level, and with what it became later.
Below stand the calls of each level: in all, and in its busiest hour. So it is known what a changed
threshold costs the people who are called before it is changed. Who is told beside the ladder, once
at opening, is not counted.

Rules of maturity `shadow` are judged with the others, as if they were stable: an alert of one is
marked, and its calls, which nobody gets, are counted apart. An event that cannot be taken is told
on standard error as EVENTS.jsonl:LINE: reason: detail.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from streams.authoring.backtest import Day, Difference, Kind, Pages, differences, pages_of
from streams.cli.judging import TurnAway, lines_of_events
from streams.cli.ledger import Ledger
from streams.cli.rule_source import text_at
from streams.cli.settings import add_roster, config_of
from streams.cli.terminal import STDIN, lines_of, open_input
from streams.domain.effects import DeadLetterReason, Line
from streams.errors import InputError
from streams.judge.world import Watched, World
from streams.replay import Replay
from streams.rules.compiling import compile_pack
from streams.rules.pack import Pack
from streams.rules.reading import read_pack
from streams.rules.wording import clock_text
from streams.setup import Setup, load_setup, recorded_settings, room_actors
from streams.territory.plan import Plan
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
    add_roster(parser)


def run(arguments: argparse.Namespace) -> int:
    """Judge the day twice, print what differs, and return the exit code."""
    if arguments.events == STDIN:
        raise InputError("--events -: the day is read twice, and standard input once: name a file")
    config = config_of(arguments)
    setup = load_setup([arguments.election], recorded_settings(config), room=room_actors(config))
    [watched] = setup.world.elections.values()
    profile = watched.plan.election.profile
    old_pack, new_pack = (
        read_pack(text_at(name, profile)) for name in (arguments.old, arguments.new)
    )
    file: str = arguments.events
    old = _judged(setup, watched.plan, old_pack, file, Ledger(sys.stdout.buffer, file).turn_away)
    new = _judged(setup, watched.plan, new_pack, file, _told_already)
    found = differences(old, new, _clock)
    print("\n".join(map(_told, found)) or "no alert differs")
    print("\n".join(_calls(old, new)))
    return 0


def _told_already(number: int, reason: DeadLetterReason, detail: str) -> None:
    """Say nothing: the day is read for the second time."""


def _judged(setup: Setup, plan: Plan, pack: Pack, file: str, turn_away: TurnAway) -> Day:
    """Return what some rules tell of the day, their shadows among them."""
    rules = compile_pack(pack, pack.shadows)
    replay = Replay(World({plan.election.id: Watched.of(plan, rules)}), setup.acceptor)
    with open_input(file) as source:
        lines = lines_of(source, file, quiet=sys.stdout.isatty())
        return Day(tuple(lines_of_events(replay, lines, turn_away)), pack.shadows)


def _clock(line: Line) -> str:
    return clock_text(line.at, offset_minutes(line.alert))


def _told(one: Difference) -> str:
    about = f"{one.rule} {one.scope} {one.key}".rstrip()
    change = " -> ".join(text for text in (one.old, one.new) if text)
    return f"{_SIGNS[one.kind]} {about}  {change}"


def _calls(old: Day, new: Day) -> Iterator[str]:
    yield ""
    yield f"{'level':12}  {'calls':>14}  {'busiest hour':>14}"
    yield from _pages(pages_of(old.told), pages_of(new.told))
    if old.shown or new.shown:
        yield ""
        yield "of shadows, which call nobody:"
        yield from _pages(pages_of(old.shown), pages_of(new.shown))


def _pages(old: tuple[Pages, ...], new: tuple[Pages, ...]) -> Iterator[str]:
    before = {one.level: one for one in old}
    after = {one.level: one for one in new}
    for level in dict.fromkeys((*before, *after)):
        counts = [
            f"{getattr(before.get(level), name, 0)} -> {getattr(after.get(level), name, 0)}"
            for name in ("total", "busiest")
        ]
        yield f"{level:12}  {counts[0]:>14}  {counts[1]:>14}"
