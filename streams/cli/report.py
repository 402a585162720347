"""Write how an area stands (*laporan situasi*), or what one shift hands to the next.

The day is judged again up to `--at`, so a report can be written of any moment of it, and is the
same whenever it is. Without --events and --journal the journal is read from the broker. No report
has votes, candidates or reporters in it. What is restricted is in it only for a `--role` that may
see it, and then the report says so.
"""

import argparse
import sys
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Final

from streams.cli.report_day import Day, day_of_broker, day_of_events, day_of_journal
from streams.cli.report_handover import handover_report
from streams.cli.report_page import html_page
from streams.cli.report_situation import situation_report
from streams.cli.report_writer import Language, Writer
from streams.cli.settings import UsageError, add_broker, add_roster, config_of
from streams.cli.terminal import lines_of, moment, open_input, open_output, shown_name
from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode, area_kind
from streams.domain.times import HOUR_MS, EpochMs
from streams.setup import Setup, load_setup, recorded_settings, room_actors
from streams.territory.plan import Plan
from streams.views.asked import Asked, tps_of_area

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga report situation elections/rejang-lebong-2024 --events events.jsonl
  siaga report situation elections/rejang-lebong-2024 --journal journal.jsonl --area 17.02.09 \\
    --at 2024-11-27T14:00:00+07:00 --format html --out situasi.html
  siaga report handover elections/rejang-lebong-2024 --since 2024-11-27T06:00:00+07:00

exit code: 0 written, 1 the input was bad, 2 no such area, 3 no broker answers
"""
_SHIFT_MS: Final = 8 * HOUR_MS


class _What(StrEnum):
    SITUATION = "situation"
    HANDOVER = "handover"


class _Form(StrEnum):
    MARKDOWN = "md"
    HTML = "html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga report`."""
    parser.epilog = _EPILOG
    parser.add_argument("what", choices=[*_What], help="which report")
    parser.add_argument("folder", metavar="ELECTION", type=Path, help="the election folder")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--events", metavar="FILE", help="events as for `siaga replay`; - is stdin")
    source.add_argument("--journal", metavar="FILE", help="an exported journal")
    add_roster(parser)
    add_broker(parser)
    parser.add_argument("--area", metavar="CODE", help="only this area (default: all that votes)")
    parser.add_argument(
        "--at", metavar="TIME", type=moment, help="as it stood then (default: at the end)"
    )
    parser.add_argument(
        "--since",
        metavar="TIME",
        type=moment,
        help="handover: when the shift began (default: 8 hours before)",
    )
    parser.add_argument(
        "--role",
        dest="reader",  # `role` is a setting of workers.
        choices=[*ActorRole],
        help="who reads it: restricted matter of this role is in it",
    )
    parser.add_argument("--lang", choices=[*Language], default=Language.ID, help="default: id")
    parser.add_argument("--format", choices=[*_Form], default=_Form.MARKDOWN, help="default: md")
    parser.add_argument("--out", metavar="FILE", type=Path, help="default: standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write the report, and return the exit code."""
    if arguments.since is not None and arguments.what != _What.HANDOVER:
        raise UsageError("--since is for a handover: a situation is that of one moment")
    config = config_of(arguments)
    setup = load_setup([arguments.folder], recorded_settings(config), room=room_actors(config))
    [watched] = setup.world.elections.values()
    area = _area(watched.plan, arguments.area or "")
    day = _day(setup, arguments)
    now = arguments.at or day.state.clocks.now or watched.plan.election.opens_at(0)
    role = None if arguments.reader is None else ActorRole(arguments.reader)
    asked = Asked(election=watched.plan.election.id, area=area, now=EpochMs(now), role=role)
    writer = Writer(watched.plan, asked, Language(arguments.lang))
    text = _written(writer, day, arguments)
    with ExitStack() as files:
        out = sys.stdout.buffer
        if arguments.out is not None:
            out = files.enter_context(open_output(arguments.out))
        out.write(text.encode())
        out.flush()
    return 0


def _area(plan: Plan, code: str) -> AreaCode:
    """Return the area that was asked for. Raises UsageError if nobody votes there."""
    asked = Asked(election=plan.election.id, area=AreaCode(code), now=EpochMs(0))
    if code and (area_kind(code) is None or not any(tps_of_area(plan, asked))):
        known = ", ".join(plan.kabupaten_codes)
        raise UsageError(f"no TPS of this election lies in {code!r}; it votes in {known}")
    return AreaCode(code)


def _day(setup: Setup, arguments: argparse.Namespace) -> Day:
    until: EpochMs | None = arguments.at
    name: str | None = arguments.journal or arguments.events
    if name is None:
        return day_of_broker(setup.world, config_of(arguments), until)
    with open_input(name) as source:
        lines = lines_of(source, name, quiet=sys.stdout.isatty())
        if arguments.journal is None:
            return day_of_events(setup, lines, until)
        return day_of_journal(setup.world, lines, shown_name(name), until)


def _written(writer: Writer, day: Day, arguments: argparse.Namespace) -> str:
    if arguments.what == _What.HANDOVER:
        since = arguments.since or EpochMs(writer.asked.now - _SHIFT_MS)
        text = handover_report(writer, day.state, day.chronicle, since)
    else:
        text = situation_report(writer, day.state, day.chronicle)
    if arguments.format != _Form.HTML:
        return text
    mark = writer.word("restricted")
    return html_page(text, writer.language, mark if f"**{mark}**" in text else "")
