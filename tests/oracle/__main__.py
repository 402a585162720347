"""`python -m tests.oracle ELECTION EVENTS.jsonl [--until TIME]`: print the lines of a day.

A journal is told from a replay's input by its first line. Dead letters and refused commands go to
standard error; `--alerts FILE` writes the final state of every alert; `--other-reading NAME` turns
a switch of `readings.py` the other way; `--rule NAME` judges some rules and no others.
"""

import argparse
import json
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path

from tests.oracle.folder import read_folder
from tests.oracle.known_rules import WITH_RECEIPTS
from tests.oracle.readings import DEFAULT, Readings
from tests.oracle.replay import Judged, is_journal, judge_day, judge_journal, print_line
from tests.oracle.times import parse_time


def main(arguments: list[str]) -> int:
    """Judge one file."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("election", type=Path)
    parser.add_argument("events", type=Path)
    parser.add_argument("--until", type=parse_time)
    parser.add_argument("--alerts", type=Path)
    names = [field.name for field in fields(Readings)]
    parser.add_argument("--other-reading", choices=names, action="append", default=[])
    parser.add_argument("--rule", choices=sorted(WITH_RECEIPTS), action="append", default=[])
    given = parser.parse_args(arguments)
    folder = read_folder(given.election)
    lines = given.events.read_text(encoding="utf-8").splitlines()
    first = next((line for line in lines if line.strip()), "")
    readings = replace(
        DEFAULT, **{name: not getattr(DEFAULT, name) for name in given.other_reading}
    )
    rules = frozenset(given.rule) or WITH_RECEIPTS
    if is_journal(first):
        judged = judge_journal(folder, lines, readings, rules)
    else:
        judged = judge_day(folder, lines, given.until, readings, rules)
    _tell(judged, given.events, given.alerts)
    return 0


def _tell(judged: Judged, events: Path, alerts: Path | None) -> None:
    sys.stdout.writelines(f"{print_line(line)}\n" for line in judged.lines)
    for letter in judged.dead_letters:
        sys.stderr.write(f"{events.name}:{letter.line}: {letter.reason}: {letter.detail}\n")
    for command, why in judged.refusals:
        sys.stderr.write(f"command {command}: refused: {why}\n")
    if alerts is not None:
        states = [asdict(alert) for alert in judged.alerts]
        alerts.write_text(json.dumps(states, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
