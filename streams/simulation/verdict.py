"""Holds what was told against what a story expects.

Three things can be wrong: a line that must come has not, or not so; a line has come that nobody
expects; a command was answered otherwise. Lines of low severity may come unexpected: they wake
nobody.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from streams.domain.effects import Line, Reply
from streams.domain.times import SECOND_MS
from streams.domain.words import Severity
from streams.simulation.story import Expectation, Story
from streams.wire.time import format_time

__all__ = ["complaints"]

_CLOCK: Final = slice(len("2024-11-27T"), len("2024-11-27T07:10:00"))


def complaints(story: Story, lines: Iterable[Line], replies: Iterable[Reply]) -> tuple[str, ...]:
    """Return what is not as the story has it, a sentence each; nothing if all is."""
    left = list(lines)
    found = [*_forbidden(story, left)]
    for expected in story.expected:
        line = _nearest(expected, left)
        if line is None:
            found.append(f"missing: {_wanted(story, expected)}")
            continue
        left.remove(line)
        found += (f"{_wanted(story, expected)}: {what}" for what in _differences(expected, line))
    unforeseen = (line for line in left if line.severity is not Severity.LOW)
    found += (f"not expected: {_told(story, line)}" for line in unforeseen)
    return (*found, *_misanswered(story, replies))


def _nearest(expected: Expectation, lines: Iterable[Line]) -> Line | None:
    """Return the line that must be meant, if any comes near enough in time."""
    alike = (
        line
        for line in lines
        if (line.rule, line.scope, line.key, line.change)
        == (expected.rule, expected.scope, expected.key, expected.change)
        and _seconds_off(expected, line) <= expected.within_s
    )
    return min(alike, key=lambda line: _seconds_off(expected, line), default=None)


def _seconds_off(expected: Expectation, line: Line) -> int:
    return abs(line.at // SECOND_MS - expected.at // SECOND_MS)


def _differences(expected: Expectation, line: Line) -> Iterator[str]:
    compared = (
        ("state", expected.state, line.state),
        ("severity", expected.severity, line.severity),
        ("level", expected.level, line.level),
        ("cause", expected.cause, _cause_word(line)),
    )
    for name, wanted, told in compared:
        if wanted is not None and wanted != told:
            yield f"{name}: expected {wanted}, got {told}"


def _cause_word(line: Line) -> str:
    """Return the kind of a cause: live and in a replay an input is named by its own place."""
    word, colon, _ = line.cause.partition(":")
    return "command" if word == "command" else ("input" if colon else word)


def _forbidden(story: Story, lines: Iterable[Line]) -> Iterator[str]:
    forbidden = {(never.rule, never.scope) for one in story.incidents for never in one.never}
    for line in lines:
        if forbidden & {(line.rule, line.scope), (line.rule, "")}:
            yield f"must never come: {_told(story, line)}"


def _misanswered(story: Story, replies: Iterable[Reply]) -> Iterator[str]:
    given = {reply.command: reply for reply in replies}
    for ordered in (order for one in story.incidents for order in one.orders):
        reply = given.get(ordered.command)
        if reply is None:
            yield f"command {ordered.command}: no reply, expected {ordered.outcome}"
        elif reply.outcome is not ordered.outcome:
            said = f"{reply.outcome} ({reply.reason})" if reply.reason else reply.outcome
            yield f"command {ordered.command}: {said}, expected {ordered.outcome}"


def _wanted(story: Story, line: Expectation) -> str:
    at = format_time(line.at, story.offset_minutes)[_CLOCK]
    return f"{at} {line.rule} {line.scope} {line.key} {line.change}".replace("  ", " ")


def _told(story: Story, line: Line) -> str:
    at = format_time(line.at, story.offset_minutes)[_CLOCK]
    words = (at, line.rule, line.scope, line.key, line.change, line.severity, line.cause)
    return " ".join(word for word in words if word)
