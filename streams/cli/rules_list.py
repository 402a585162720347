"""List the rules of a pack: what each looks for, from when on, and who is told.

Numbers that depend on the class of a TPS stand in the order kurang_rawan, rawan, sangat_rawan,
khusus; one value stands for all four. A rule of maturity `shadow` calls nobody: only its author
sees what it would tell.
"""

import argparse
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.cli.rule_source import add_source, pack_at
from streams.rules.checking import detector_name
from streams.rules.count_specs import TallySpec
from streams.rules.fields import NumberByClass, by_class
from streams.rules.pack import Maturity, Rule
from streams.rules.report_specs import ScoreSpec, SurgeSpec
from streams.rules.specs import ConditionSpec, OverdueSpec, SequenceSpec

__all__ = ["add_arguments", "row_of", "run"]

_EPILOG: Final = """\
examples:
  siaga rules list
  siaga rules list --json | jq '.[] | select(.severity == ["critical"])'

exit code: 0 done, 1 there is no such pack
"""
_TAXONOMY: Final = "taxonomy"
_COLUMNS: Final = ("id", "maturity", "detector", "severity", "threshold", "ladder", "title")


class Row(Struct, frozen=True):
    """One rule, as it is listed."""

    id: str
    maturity: Maturity
    detector: str
    severity: tuple[str, ...]
    threshold: tuple[str, ...]
    """Of each watch of a rule of absence; of a rule of evidence its score."""
    ladder: tuple[str, ...]
    title: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules list`."""
    parser.epilog = _EPILOG
    add_source(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON array instead")


def run(arguments: argparse.Namespace) -> int:
    """List the rules, and return the exit code."""
    rows = [row_of(rule) for rule in pack_at(arguments).rules]
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
    else:
        print("\n".join(_table([_COLUMNS, *map(_cells, rows)])))
    return 0


def row_of(rule: Rule) -> Row:
    """Return what is listed of a rule."""
    return Row(
        id=rule.id,
        maturity=rule.maturity,
        detector=detector_name(rule.detector),
        severity=_by_class(rule.severity or _TAXONOMY),
        threshold=tuple(_thresholds(rule)),
        ladder=_by_class(rule.ladders or _TAXONOMY),
        title=rule.texts.title.id,
    )


def _thresholds(rule: Rule) -> Iterator[str]:
    match rule.detector:
        case OverdueSpec(watches=watches):
            for watch in watches:
                yield f"{watch.scope} {_short(_by_class(watch.limit))}"
        case ScoreSpec(threshold=scores, window=window):
            told = "" if scores is None else f"score {_numbers(scores)}"
            yield f"{told or 'taxonomy'} in {window}"
        case ConditionSpec(on=kinds):
            yield "/".join(kinds) if kinds else "counts"
        case SurgeSpec(at_least=at_least, window=window):
            yield f"{_numbers(at_least)} in {window}"
        case TallySpec(margin_votes=votes, margin_percent=percent):
            yield f"margin {votes} or {percent}%"
        case SequenceSpec(wait=wait):
            yield f"waits {wait}"
        case _:
            yield "counts"


def _by_class(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return one value for all classes, or one for each."""
    return (value,) if isinstance(value, str) else value


def _numbers(value: NumberByClass) -> str:
    """Return what holds for all classes, or what holds for each."""
    found = [f"{number:g}" for number in by_class(value)]
    return found[0] if len({*found}) == 1 else _short(found)


def _short(values: Sequence[str]) -> str:
    return "/".join(values)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.id,
        row.maturity,
        row.detector,
        _short(row.severity),
        ", ".join(row.threshold),
        _short(row.ladder),
        row.title,
    )


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
