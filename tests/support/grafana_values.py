"""The values of a dashboard's variables, found and written as Grafana does it.

    query of the variable ──► series ──► `regex` ──► values ──► chosen: one, or all of them

A regex of two named groups, `text` and `value`, finds both only with the flag `g`; without it the
first match alone counts, and then a kabupaten's name is taken for its code. All values together are
`(a|b)`, escaped for a regular expression inside a string of PromQL.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tests.support.expressions import Variable, filled, question

__all__ = ["Labels", "all_of", "chosen", "values_from"]

Labels = Mapping[str, str]
_SPECIAL: Final = re.compile(r"[\\^$*+?.()|\[\]{}]")
_JS_REGEX: Final = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)


def chosen(
    variables: Sequence[Variable],
    ask: Callable[[str], Sequence[Labels]],
    known: Mapping[str, str],
    *,
    everything: bool,
) -> dict[str, str]:
    """Return what is written for each variable: each sees those that were chosen before it.

    Args:
        variables: Those that are asked for, in their order.
        ask: Returns the labels of all series of an expression.
        known: Values of `$__range` and its like.
        everything: Choose "All" where it may be chosen; else the first value.
    """
    values = dict(known)
    for variable in variables:
        found = values_from(variable, ask(filled(question(variable), values)))
        assert found, f"${variable.name} has no value to choose"
        if everything and variable.include_all:
            values[variable.name] = variable.all_value or all_of(found)
        else:
            several = variable.multi or variable.include_all
            values[variable.name] = _escaped(found[0]) if several else found[0]
    return values


def values_from(variable: Variable, series: Sequence[Labels]) -> list[str]:
    """Return the values of a variable, sorted, each once."""
    texts = [_text_of(one, is_whole="query_result" in _query(variable)) for one in series]
    return sorted({value for text in texts for value in _matched(text, variable.regex)})


def _query(variable: Variable) -> str:
    return variable.query if isinstance(variable.query, str) else variable.query.query


def _text_of(labels: Labels, *, is_whole: bool) -> str:
    """Return what a regex is held against: a label's value, or the series as it is written."""
    if not is_whole:
        return next(iter(labels.values()), "")
    pairs = ",".join(f'{name}="{text}"' for name, text in labels.items() if name != "__name__")
    return f"{labels.get('__name__', '')}{{{pairs}}} 1 0"


def _matched(text: str, regex: str) -> list[str]:
    if not regex:
        return [text] if text else []
    split = _JS_REGEX.fullmatch(regex)
    pattern, flags = (split[1], split[2]) if split else (f"^{regex}$", "")
    matches = list(re.finditer(re.sub(r"\(\?<(?=\w)", "(?P<", pattern), text))
    if "g" not in flags:
        matches = matches[:1]
    for group in ("value", "text"):
        named = [one[group] for one in matches if one.groupdict().get(group)]
        if named:
            return named[:1]
    return [one[one.lastindex or 0] for one in matches[:1]]


def all_of(values: Sequence[str]) -> str:
    """Return all values as one regular expression, inside a string of PromQL."""
    escaped = [_escaped(value) for value in values]
    return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def _escaped(value: str) -> str:
    return _SPECIAL.sub(lambda found: "\\\\" + found[0], value)
