"""Explain an alert: every change of it with what was weighed, from a recorded day.

ALERT is its id, or RULE@SCOPE, or RULE@SCOPE|KEY, which may be several. The day is judged again, as
`siaga replay` does, and of each change the arithmetic is shown that the rule saw. A journal is
judged with the folder as the workers had it when they were started: what was published since stands
in the journal itself.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from streams.cli.judging import Outputs, judge_events, judge_journal
from streams.cli.look import mark_of
from streams.cli.settings import add_roster, config_of
from streams.cli.terminal import lines_of, one_line, open_input, shown_name
from streams.domain.alert import Why
from streams.domain.effects import DeadLetterReason
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.replay import Replay
from streams.setup import load_setup, recorded_settings, room_actors
from streams.texts.why import why_text
from streams.texts.words import change_text, state_text
from streams.wire.documents import AlertDocument, TransitionDocument, WhyDocument

__all__ = ["Told", "add_arguments", "explained", "run", "wanted"]

_EPILOG: Final = """\
examples:
  siaga explain T03@17.02.21.2003-004 elections/rejang-lebong-2024 --events events.jsonl
  siaga explain 1702-Z4AHKU6SKRFUI2RN elections/rejang-lebong-2024 --journal journal.jsonl

exit code: 0 explained, 1 the input was bad or has no such alert
"""
_ALERTS: Final = frozenset({Topic.ALERTS, Topic.RESTRICTED_ALERTS})
_CLOCK: Final = slice(len("2024-11-27T"), len("2024-11-27T07:10:00"))
_alert_of: Final = msgspec.json.Decoder(AlertDocument).decode
_line_of: Final = msgspec.json.Decoder(TransitionDocument).decode


class Told(Struct, frozen=True):
    """Changes of an alert that one record brought, and its state after them."""

    lines: tuple[TransitionDocument, ...]
    shown: AlertDocument


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga explain`."""
    parser.epilog = _EPILOG
    parser.add_argument("alert", metavar="ALERT", help="its id, or RULE@SCOPE")
    parser.add_argument("folder", metavar="ELECTION", type=Path, help="the election folder")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--events", metavar="FILE", help="events as for `siaga replay`; - is stdin")
    what.add_argument("--journal", metavar="FILE", help="an exported journal")
    add_roster(parser)


def run(arguments: argparse.Namespace) -> int:
    """Explain, and return the exit code."""
    config = config_of(arguments)
    setup = load_setup([arguments.folder], recorded_settings(config), room=room_actors(config))
    name: str = arguments.journal or arguments.events
    with open_input(name) as source:
        lines = lines_of(source, name, quiet=sys.stdout.isatty())
        judged = (
            judge_events(Replay(setup.world, setup.acceptor), lines, _pass_over)
            if arguments.journal is None
            else judge_journal(setup, lines, shown_name(name))
        )
        told = [one for each in judged for one in wanted(arguments.alert, each)]
    if not told:
        raise InputError(
            f"{shown_name(name)}: no alert {arguments.alert} in it; "
            "`siaga replay --alerts FILE` lists those that there are"
        )
    print("\n".join(explained(told)))
    return 0


def wanted(name: str, outputs: Outputs) -> Iterator[Told]:
    """Yield what a record has brought to the alerts of this name."""
    lines = [_line_of(one.value or b"") for one in outputs.outputs if one.line]
    for output in outputs.outputs:
        if output.topic in _ALERTS:
            shown = _alert_of(output.value or b"")
            if name in _names(shown):
                own = tuple(line for line in lines if line.alert == shown.id)
                yield Told(own, shown)


def explained(told: Iterable[Told]) -> Iterator[str]:
    """Return the lives of alerts as text, in the order in which they opened."""
    lives: dict[str, list[Told]] = {}
    for one in told:
        lives.setdefault(one.shown.id, []).append(one)
    for life in lives.values():
        yield from _life(life)


def _life(life: list[Told]) -> Iterator[str]:
    last = life[-1].shown
    yield f"{last.id}  {last.rule} ({last.rule_version})  {last.scope.code} {last.key}".rstrip()
    yield f"  {last.title.id} / {last.title.en}"
    yield f"  {last.scope.name}: {', '.join(last.scope.path)}; {last.tps_class}"
    before: tuple[WhyDocument, ...] = ()
    for one in life:
        for line in one.lines:
            yield _change(line)
        if one.lines and one.shown.why != before:
            before = one.shown.why
            yield f"            {one.shown.summary.id}"
            yield f"            {one.shown.summary.en}"
            yield from (f"            · {words}" for words in map(_check, before))
    if last.evidence:
        yield "  bukti / evidence"
    for event in last.evidence:
        words = (event.at[_CLOCK], event.topic, event.id, event.source, event.offset)
        yield f"    {one_line('  '.join(word for word in words if word))}"


def _change(line: TransitionDocument) -> str:
    mark = mark_of(line.severity)
    change, state = change_text(line.change), state_text(line.state)
    words = f"{change.id}: {line.level}, {state.id} / {change.en}: {line.level}, {state.en}"
    return f"  {line.at[_CLOCK]}  {mark}  {words}  ({line.cause})"


def _check(check: WhyDocument) -> str:
    threshold = None if check.threshold is msgspec.UNSET else check.threshold
    words = why_text(Why(check.check, check.value, threshold, check.holds))
    return f"{words.id} / {words.en}"


def _names(shown: AlertDocument) -> tuple[str, ...]:
    case = f"{shown.rule}@{shown.scope.code}"
    return (shown.id, case, f"{case}|{shown.key}")


def _pass_over(number: int, reason: DeadLetterReason, detail: str) -> None:
    """Leave dead letters to `siaga replay`."""
