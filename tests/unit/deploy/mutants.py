"""Alarms with one thing changed: a limit, a wait, a range, a sum, a label.

An alarm that has been mistyped is as quiet as one that has nothing to say. So each change that can
be made to an alarm must make some day of its tests another day (`mutant_days`). The changes are
made word by word; of a few it is known that they change nothing (`UNCHANGED`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tests.support.promql import Word, milliseconds, words
from tests.unit.deploy.alarms import Rule

__all__ = ["UNCHANGED", "Mutant", "mutants", "name_of"]

_SWAPPED: Final[Mapping[str, tuple[str, ...]]] = {
    "max": ("min", "sum"),
    "min": ("max",),
    "sum": ("max", "min"),
    "count": ("sum",),
    "avg_over_time": ("max_over_time", "min_over_time"),
    "max_over_time": ("min_over_time",),
    "deriv": ("idelta",),
    "abs": ("+",),
    "absent": ("count",),
    "clamp_min": ("clamp_max",),
    "and": ("unless", "or"),
    "or": ("and", "unless"),
    "unless": ("and", "or"),
    "==": ("!=",),
    "!=": ("==",),
    ">": (">=", "<"),
    ">=": (">", "<"),
    "<": ("<=", ">"),
    "<=": ("<", ">"),
    "-": ("+",),
    "/": ("*",),
}
"""A word, and what it is exchanged for."""
_LISTS: Final = frozenset({"without", "on"})
_WAITS: Final[Mapping[str, tuple[str, ...]]] = {"0s": ("1m",)}
_SEVERITY: Final = {"page": "warn", "warn": "page"}
_SHARE: Final = 0.1
"""By how much a number that is no small whole one is moved."""
_WHOLE_MAX: Final = 9

_ONE_IS_ENOUGH: Final = "one of them above 0 is as bad as their sum, and nobody reads the number"
_NO_HALF: Final = "a minute has thirteen samples, and no half of them"
_ONES: Final = "a group is 1, so its sum is its number"
_ALWAYS: Final = "it always fires, whatever the number"
UNCHANGED: Final[Mapping[tuple[str, str], str]] = {
    **{
        (name, "sum → max at word 0"): _ONE_IS_ENOUGH
        for name in (
            "SiagaForeignWrites warn",
            "SiagaPublishRefused warn",
            "SiagaNoticeUnaddressed warn",
            "SiagaNotifyBreakerOpen warn",
            "SiagaWatchFailing page",
            "SiagaAlertmanagerFailing page",
        )
    },
    ("SiagaPartitionUnowned page", "count → sum at word 9"): _ONES,
    ("SiagaPacksDiffer warn", "count → sum at word 0"): _ONES,
    ("SiagaWatchFailing page", "< → <= at word 31"): _NO_HALF,
    ("SiagaTargetDown warn", "< → <= at word 12"): _NO_HALF,
    ("SiagaWatchdog none", "keep_firing_for 0s → 1m"): _ALWAYS,
    ("SiagaWatchdog none", "1 → 2 at word 2"): _ALWAYS,
    ("SiagaWatchdog none", "1 → 0 at word 2"): _ALWAYS,
}
"""Changes that no day can show, by rule and change, and why."""


class Mutant(Struct, frozen=True):
    """A rule with one thing changed."""

    of: str
    """The name of the rule, with the severity if it is an alarm."""
    what: str
    """What is changed, and where."""
    rule: Rule


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Yield every change of a rule, and those too that are known to change nothing."""
    name = name_of(rule)
    for what, changed in (*_of_waits(rule), *_of_expression(rule)):
        yield Mutant(name, what, changed)


def name_of(rule: Rule) -> str:
    """Return what a rule is called here: an alarm with its severity, for there may be two."""
    return rule.record or f"{rule.alert} {rule.severity}"


def _of_waits(rule: Rule) -> Iterator[tuple[str, Rule]]:
    if rule.record:
        return
    for wait in _other_waits(rule.wait):
        yield f"for {rule.wait} → {wait}", replace(rule, wait=wait)
    for keep in _other_waits(rule.keep_firing_for):
        yield (
            f"keep_firing_for {rule.keep_firing_for} → {keep}",
            replace(rule, keep_firing_for=keep),
        )
    if (severity := _SEVERITY.get(rule.severity)) is not None:
        labels = {**rule.labels, "severity": severity}
        yield f"severity → {severity}", replace(rule, labels=labels)


def _other_waits(wait: str) -> tuple[str, ...]:
    return _WAITS[wait] if wait in _WAITS else ("0s", *_durations(wait))


def _of_expression(rule: Rule) -> Iterator[tuple[str, Rule]]:
    said = words(rule.expr)
    for change in (_of_words, _of_matchers, _of_lists):
        for at, what, changed in change(said):
            text = " ".join(word.text for word in changed)
            yield f"{what} at word {at}", replace(rule, expr=text)


_Changes = Iterator[tuple[int, str, list[Word]]]


def _of_words(said: Sequence[Word]) -> _Changes:
    """Exchange one word for another."""
    inside = 0
    for at, word in enumerate(said):
        inside += (word.text == "{") - (word.text == "}")
        if inside:
            continue
        for other in _others(word):
            yield at, f"{word.text} → {other}", _put(said, at, at + 1, other)


def _others(word: Word) -> Sequence[str]:
    kinds: Mapping[str, Callable[[str], Sequence[str]]] = {
        "number": _numbers,
        "duration": _durations,
        "name": lambda text: _SWAPPED.get(text, ()),
        "sign": lambda text: _SWAPPED.get(text, ()),
    }
    return kinds[word.kind](word.text) if word.kind in kinds else ()


def _numbers(text: str) -> Sequence[str]:
    """Return a number moved up and down: a small whole one by less than 1, so that `>` shows it."""
    number = float(text)
    if number == 0:
        return ("1",)
    if number.is_integer() and number <= _WHOLE_MAX:
        return (f"{number + 1:g}", f"{number - 1:g}")
    return (f"{number * (1 + _SHARE):g}", f"{number * (1 - _SHARE):g}")


def _durations(text: str) -> Sequence[str]:
    """Return a duration halved and doubled."""
    length = milliseconds(text)
    return f"{length // 2}ms", f"{length * 2}ms"


def _of_matchers(said: Sequence[Word]) -> _Changes:
    """Leave a matcher of labels out, or one of the words that it names."""
    for at, word in enumerate(said):
        if word.kind != "string":
            continue
        ends = at + 2 if said[at + 1].text == "," else at + 1
        yield at, f"without {said[at - 2].text}", _put(said, at - 2, ends, "")
        names = word.text.strip('"').split("|")
        for name in names[1:] and names:
            rest = "|".join(one for one in names if one != name)
            yield at, f"without {name}", _put(said, at, at + 1, f'"{rest}"')


def _of_lists(said: Sequence[Word]) -> _Changes:
    """Leave a label out of those that are added up over, or matched by."""
    for at, word in enumerate(said):
        if word.text not in _LISTS:
            continue
        ends = next(n for n in range(at, len(said)) if said[n].text == ")")
        labels = [one.text for one in said[at + 2 : ends] if one.kind == "name"]
        for label in labels:
            rest = ", ".join(one for one in labels if one != label)
            what = f"{word.text} ({', '.join(labels)}) → ({rest})"
            yield at, what, _put(said, at + 2, ends, rest)


def _put(said: Sequence[Word], begins: int, ends: int, text: str) -> list[Word]:
    """Return the words with some of them exchanged."""
    return [*said[:begins], Word("name", text), *said[ends:]]
