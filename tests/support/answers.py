"""What expressions say of a time that has passed, and whether that is as it should be.

Each expression is asked over the whole time, as a graph does, with its variables at "All" and at
their first values; an alarm's also with its comparisons answering instead of leaving series out,
and every selector alone. A list names those that may have nothing to say, each with its reason. It
is kept honest: who is on it and has something to say is a complaint as well.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tests.support.expressions import Asked, Kind
from tests.support.prometheus import Series
from tests.support.promql import armed, selectors

__all__ = ["Answer", "Ask", "Form", "answers", "complaints", "forms", "table"]

_AS_IT_STANDS: Final = "as it stands"
_ARMED: Final = "armed"
_SELECTOR: Final = "selector"
Ask = Callable[[str], Sequence[Series]]
"""Evaluates an expression at every step of the time.

Raises:
    ValueError: Prometheus refuses it.
"""


class Form(NamedTuple):
    """An expression as it is asked."""

    asked: Asked
    way: str
    """`as it stands`, `all`, `one`, `armed`, `selector`."""
    expression: str

    @property
    def name(self) -> str:
        """What a list and a complaint call it."""
        return f"{self.asked.place} ({self.way})"

    @property
    def names(self) -> frozenset[str]:
        """All that a list may call it: by the whole place, by this form, by what it asks for."""
        return frozenset({self.asked.place, self.name, self.expression})

    @property
    def must_answer(self) -> bool:
        """Whether a day on which nothing is wrong must give it data."""
        return self.way != _AS_IT_STANDS or self.asked.kind is not Kind.ALARM

    @property
    def is_whole(self) -> bool:
        """Whether it is what a panel draws."""
        return self.way not in {_ARMED, _SELECTOR}


class Answer(NamedTuple):
    """What an expression said."""

    form: Form
    series: int = 0
    samples: int = 0
    """Numbers alone: a quantile of nothing is `NaN`, and says nothing."""
    others: int = 0
    """Samples that are not 0."""
    labels: frozenset[str] = frozenset()
    """Those that some series has."""
    refused: str = ""

    @property
    def unnamed(self) -> tuple[str, ...]:
        """Labels that a legend writes beside lines, and that none of them has."""
        if not self.form.is_whole or not self.samples:
            return ()
        return tuple(one for one in self.form.asked.labels if one not in self.labels)


def forms(asked: Asked, fills: Mapping[str, Callable[[str], str]]) -> Iterator[Form]:
    """Yield the forms in which an expression is asked.

    Args:
        asked: The expression.
        fills: Ways to fill variables in, by a word for each.
    """
    texts = {way: fill(asked.expression) for way, fill in fills.items()}
    if len(set(texts.values())) <= 1:
        texts = {_AS_IT_STANDS: next(iter(texts.values()), asked.expression)}
    for way, text in texts.items():
        yield Form(asked, way, text)
    if asked.kind is Kind.ALARM:
        yield Form(asked, _ARMED, armed(asked.expression))
    for text in texts.values():
        found = selectors(text)
        if found != [text]:
            yield from (Form(asked, _SELECTOR, one) for one in found)


def answers(asked: Iterable[Form], ask: Ask) -> list[Answer]:
    """Ask everything; the same expression once."""
    known: dict[str, Answer] = {}
    found: list[Answer] = []
    for form in asked:
        if form.expression not in known:
            known[form.expression] = _answer(form, ask)
        found.append(known[form.expression]._replace(form=form))
    return found


def _answer(form: Form, ask: Ask) -> Answer:
    try:
        series = ask(form.expression)
    except ValueError as error:
        return Answer(form, refused=str(error))
    numbers = [float(text) for one in series for _, text in one.points]
    finite = [number for number in numbers if math.isfinite(number)]
    labels = frozenset(name for one in series for name, text in one.labels.items() if text)
    return Answer(form, len(series), len(finite), sum(one != 0 for one in finite), labels)


def complaints(
    found: Iterable[Answer], may_be_empty: Mapping[str, str], at_times: Mapping[str, str]
) -> list[str]:
    """Say what has no data and should have, what is refused, and what is listed needlessly.

    Args:
        found: The answers.
        may_be_empty: Why something has no data, by one of its names.
        at_times: Why something may or may not have data.
    """
    told: list[str] = []
    unused = set(may_be_empty)
    for answer in found:
        form = answer.form
        if answer.refused:
            told.append(f"{form.name}: {answer.refused}")
        elif answer.unnamed:
            told.append(f"{form.name}: no series has {', '.join(answer.unnamed)}")
        elif form.must_answer and not answer.samples:
            if not {**may_be_empty, **at_times}.keys() & form.names:
                told.append(f"{form.name}: no data: {form.expression}")
            unused -= form.names
    return [*told, *(f"{name}: is listed, and has data" for name in sorted(unused))]


def table(found: Iterable[Answer]) -> str:
    """Return the answers as a table of tabs, for people and for spreadsheets."""
    rows = (
        (one.form.name, one.series, one.samples, one.others, " ".join(one.form.expression.split()))
        for one in found
    )
    head = ("where", "series", "samples", "not 0", "expression")
    return "".join("\t".join(map(str, row)) + "\n" for row in (head, *rows))
