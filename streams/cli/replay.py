"""Judge recorded events, or an exported journal, offline: no broker, no clock.

Each line of EVENTS.jsonl is one event, in the order of receipt:
{"topic": "tps.status", "received_at": "2024-11-27T07:02:12+07:00", "value": {...}}

Each line of the output is one change of an alert. The same input, folder, pack and version give
the same output, byte for byte. An event that cannot be taken is told on standard error as
EVENTS.jsonl:LINE: reason: detail. A journal is judged with the folder as the workers had it when
they were started: what was published since stands in the journal itself.
"""

import argparse
import gc
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from streams.cli.judging import Outputs, judge_events, judge_journal
from streams.cli.ledger import Ledger
from streams.cli.settings import UsageError, add_roster, config_of
from streams.cli.terminal import lines_of, moment, open_input, open_output, shown_name
from streams.replay import Replay
from streams.setup import Setup, load_setup, recorded_settings, room_actors

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga replay elections/rejang-lebong-2024 events.jsonl
  siaga replay elections/rejang-lebong-2024 events.jsonl --out lines.jsonl --alerts alerts.json
  siaga replay elections/rejang-lebong-2024 events.jsonl --until 2024-11-27T13:00:00+07:00
  siaga replay elections/rejang-lebong-2024 events.jsonl --shadow
  zcat events.jsonl.gz | siaga replay elections/rejang-lebong-2024 - --strict
  siaga replay elections/rejang-lebong-2024 --journal journal.jsonl

exit code: 0 done, 1 the input was bad (with --strict also: an event could not be taken)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga replay`."""
    parser.epilog = _EPILOG
    parser.add_argument("folder", metavar="ELECTION", type=Path, help="the election folder")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("events", metavar="EVENTS.jsonl", nargs="?", help="the events; - is stdin")
    what.add_argument("--journal", metavar="FILE", help="judge an exported journal")
    parser.add_argument(
        "--election",
        metavar="FOLDER",
        dest="others",
        type=Path,
        action="append",
        default=[],
        help="one more election folder; may be repeated",
    )
    add_roster(parser)
    parser.add_argument("--out", metavar="FILE", type=Path, help="lines (default: standard output)")
    parser.add_argument("--alerts", metavar="FILE", type=Path, help="final state of every alert")
    parser.add_argument(
        "--until", metavar="TIME", type=moment, help="go on to this time, and ignore later events"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit 1 if there is an event that cannot be taken"
    )
    parser.add_argument(
        "--shadow",
        action="store_true",
        help="judge rules of maturity shadow too, as if they were stable; of a journal, until it "
        "takes on a published pack",
    )


def run(arguments: argparse.Namespace) -> int:
    """Judge the file, print the lines, and return the exit code."""
    if arguments.journal is not None and arguments.until is not None:
        raise UsageError("--until is for events: a journal ends where it was exported to")
    config = config_of(arguments)
    settings, room = recorded_settings(config), room_actors(config)
    folders = [arguments.folder, *arguments.others]
    setup = load_setup(folders, settings, shadows=arguments.shadow, room=room)
    if arguments.shadow:
        _tell_shadows(setup)
    # What was loaded lives as long as the program: the garbage collector need not walk it.
    gc.freeze()
    name: str = arguments.journal or arguments.events
    with ExitStack() as files:
        out = sys.stdout.buffer
        if arguments.out is not None:
            out = files.enter_context(open_output(arguments.out))
        ledger = Ledger(out, shown_name(name))
        lines = lines_of(files.enter_context(open_input(name)), name, quiet=out.isatty())
        if arguments.journal is not None:
            _tell_by_partition(judge_journal(setup, lines, ledger.name), ledger)
        else:
            replay = Replay(setup.world, setup.acceptor, arguments.until)
            for judged in judge_events(replay, lines, ledger.turn_away):
                ledger.take(judged.outputs, judged.number)
        out.flush()
    if arguments.alerts is not None:
        ledger.write_alerts(arguments.alerts)
    return 1 if arguments.strict and ledger.dead_letters else 0


def _tell_shadows(setup: Setup) -> None:
    """Name the rules whose lines nobody would have been told."""
    packs = (watched.rules.pack for watched in setup.world.elections.values())
    names = sorted({name for pack in packs for name in pack.shadows})
    print(
        f"siaga: shadows, judged here and by no worker: {', '.join(names) or 'none'}",
        file=sys.stderr,
    )


def _tell_by_partition(judged: Iterable[Outputs], ledger: Ledger) -> None:
    """Tell the lines of one partition after the other, whatever the order of the file."""
    lines: dict[int, list[bytes]] = {}
    for one in judged:
        lines.setdefault(one.partition, []).extend(ledger.keep(one.outputs, one.number))
    for _, of_partition in sorted(lines.items()):
        ledger.write(of_partition)
