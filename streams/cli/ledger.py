"""The books of a replay: lines go out, dead letters are told, alerts are kept to the end."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from streams.cli.terminal import one_line, open_output
from streams.domain.effects import DeadLetterReason
from streams.engine.ports import Output
from streams.engine.topics import Topic

__all__ = ["Ledger"]

_ALERTS: Final = frozenset({Topic.ALERTS, Topic.RESTRICTED_ALERTS})


class Ledger:
    """Takes what was decided, line by line of the input."""

    def __init__(self, out: BinaryIO, name: str) -> None:
        """`name` is how dead letters call the input."""
        self._out = out
        self.name = name
        self._alerts: dict[bytes | None, bytes | None] = {}
        self.dead_letters = 0

    def take(self, outputs: Iterable[Output], number: int) -> None:
        """Carry out what line `number` of the input has brought about."""
        self.write(self.keep(outputs, number))

    def keep(self, outputs: Iterable[Output], number: int) -> list[bytes]:
        """Carry out all but the lines, and return these."""
        lines: list[bytes] = []
        for output in outputs:
            if output.line:
                assert output.value is not None, "a line is no tombstone"
                lines.append(output.value)
            elif output.topic in _ALERTS:
                self._alerts[output.key] = output.value
            elif output.topic == Topic.DEADLETTER:
                words = {name: (text or b"").decode() for name, text in output.headers}
                self.turn_away(number, DeadLetterReason(words["reason"]), words["detail"])
        return lines

    def write(self, lines: Iterable[bytes]) -> None:
        """Write lines, each ended."""
        for line in lines:
            self._out.write(line + b"\n")

    def turn_away(self, number: int, reason: DeadLetterReason, detail: str) -> None:
        """Tell that an event could not be taken."""
        self.dead_letters += 1
        print(f"{self.name}:{number}: {reason}: {one_line(detail)}", file=sys.stderr)

    def write_alerts(self, path: Path) -> None:
        """Write the last state of each alert as one JSON array, in the order of their opening."""
        documents = (value for value in self._alerts.values() if value is not None)
        with open_output(path) as file:
            file.write(b"[" + b",\n".join(documents) + b"]\n")
