"""Two judgments of one day side by side: the oracle's and anybody's, as printed lines.

Only rules that both judge are compared, and none of the changes that the oracle does not make. The
order of lines of different alerts at one moment is not the contract's, so each alert is compared by
itself; revisions are counted anew where lines were left out.

`python -m tests.oracle.compare EXPECTED.jsonl GOT.jsonl [RULE…]` prints what differs and exits 1,
or 0.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from tests.oracle.known_rules import KNOWN
from tests.oracle.values import Json, text

__all__ = ["differences"]

_LEFT_OUT = frozenset({"updated"})
_NAMED_AT_WILL = frozenset({"W11"})
"""Rules whose scopes are made as each judge likes: their alerts are known by what opened them."""
_COMPARED = ("at", "change", "state", "severity", "ladder", "level", "cause")


def _stories(
    lines: Iterable[str], rules: frozenset[str]
) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """By alert: its lines, in order."""
    stories: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    openings: dict[tuple[str, ...], str] = {}
    for line in lines:
        told = cast("Json", json.loads(line))
        if text(told, "rule") in rules and text(told, "change") not in _LEFT_OUT:
            about = tuple(text(told, name) for name in ("rule", "scope", "key", "alert"))
            if about[0] in _NAMED_AT_WILL:
                named = openings.setdefault(about, f"{told['at']} {text(told, 'cause')}")
                about = (about[0], named)
            stories.setdefault(about, []).append(tuple(text(told, name) for name in _COMPARED))
    return stories


def differences(
    expected: Iterable[str], got: Iterable[str], rules: frozenset[str] = KNOWN
) -> list[str]:
    """What differs, one text an alert, with the first line on which the two part.

    Only the lines of `rules` are compared, by default of all that are known.
    """
    wanted, found = _stories(expected, rules), _stories(got, rules)
    told: list[str] = []
    for about in sorted(wanted.keys() | found.keys()):
        ours, theirs = wanted.get(about, []), found.get(about, [])
        if ours == theirs:
            continue
        same = 0
        while same < min(len(ours), len(theirs)) and ours[same] == theirs[same]:
            same += 1
        told.append(
            f"{' '.join(about)}: line {same + 1}: "
            f"expected {' '.join(ours[same]) if same < len(ours) else 'no more'}, "
            f"got {' '.join(theirs[same]) if same < len(theirs) else 'no more'}"
        )
    return told


def main(arguments: list[str]) -> int:
    """Compare two files; further arguments name the rules, without any all that are known."""
    first, second, *named = arguments
    expected, got = (
        Path(name).read_text(encoding="utf-8").splitlines() for name in (first, second)
    )
    found = differences(expected, got, frozenset(named) or KNOWN)
    sys.stdout.writelines(f"{difference}\n" for difference in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
