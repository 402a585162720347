"""Says what is wrong with a value that does not fit its type, in the words of who wrote it.

The library that converts values stops at the first that does not fit, and names types of Python.
Here the same types are walked beside the values, and every misfit is told: fields that nobody
knows, fields that are missing, words that are none, numbers out of range, texts of another form.
What a text must look like its type says itself, in the `description` that editors show as well.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from enum import Enum
from typing import Final, TypeVar, cast

import msgspec
from msgspec import inspect

from streams.domain.words import TPS_CLASSES
from streams.rules.yaml_text import Node, Path, Tree, Value

__all__ = ["converted", "misfits", "nearest"]

T = TypeVar("T")

Misfit = tuple[Path, str]
"""Where, and what was found and expected."""

_SHOWN_MAX: Final = 60
_FOUR: Final = f"four in the order {', '.join(TPS_CLASSES)}"
_BY_CLASS: Final = f"one value, or {_FOUR}"


def converted(tree: Tree, kind: type[T]) -> T:
    """Return what a tree says as a record.

    Raises:
        PackError: with file, line, field, what was found and expected, of all that does not fit.
    """
    try:
        return msgspec.convert(tree.data, kind)
    except msgspec.ValidationError as error:
        found = [*misfits(tree.data, inspect.type_info(kind))]
        raise tree.faults(found or [((), str(error))]) from error


def misfits(value: Value, kind: inspect.Type, path: Path = (), form: str = "") -> Iterator[Misfit]:
    """Yield what of a value does not fit its type, in the order in which it is written.

    Args:
        value: What was found.
        kind: What was expected.
        path: Where it stands.
        form: What the type says of itself in words.
    """
    match kind:
        case inspect.Metadata(type=inner):
            # The types of msgspec leave out what is in it.
            schema = kind.extra_json_schema or {}  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            told = cast("dict[str, str]", schema)
            yield from misfits(value, inner, path, told.get("description", form))
        case inspect.StructType():
            yield from _of_record(value, kind, path)
        case inspect.UnionType(types=kinds):
            yield from _of_union(value, kinds, path)
        case inspect.VarTupleType(item_type=item):
            yield from _of_list(value, item, path)
        case inspect.TupleType() if isinstance(value, list):
            yield from _of_four(value, kind, path)
        case inspect.DictType(value_type=inner):
            yield from _of_mapping(value, inner, path)
        case inspect.EnumType(cls=words):
            yield from _of_words(value, words, path)
        case _:
            expected = _expected(value, kind, form)
            if expected:
                yield path, f"found {_quoted(value)}, expected {expected}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean opened` for a word that is nearly one of those known, else nothing."""
    found = get_close_matches(word, [*known], n=1)
    return f"; did you mean {found[0]}" if found else ""


def _of_record(value: Value, kind: inspect.StructType, path: Path) -> Iterator[Misfit]:
    if not isinstance(value, dict):
        yield path, f"found {_quoted(value)}, expected fields as `name: value`"
        return
    fields = {field.encode_name: field for field in kind.fields}
    known = [*([kind.tag_field] if kind.tag_field else []), *fields]
    for name, one in value.items():
        if name in fields:
            yield from misfits(one, fields[name].type, (*path, name))
        elif name not in known:
            told = f"found `{name}`, expected one of {', '.join(known)}{nearest(name, known)}"
            yield (*path, name), told
    for name, field in fields.items():
        if field.required and name not in value:
            yield path, f"expected `{name}`, which is missing"


def _of_union(value: Value, kinds: tuple[inspect.Type, ...], path: Path) -> Iterator[Misfit]:
    """Judge a value by that kind of several which its author seems to have meant."""
    records = [one for one in kinds if isinstance(one, inspect.StructType)]
    plain = [one for one in kinds if not isinstance(one, inspect.StructType | inspect.NoneType)]
    fours = [one for one in plain if isinstance(one, inspect.TupleType)]
    plain = [one for one in plain if not isinstance(one, inspect.TupleType)]
    match value:
        case None if any(isinstance(one, inspect.NoneType) for one in kinds):
            pass
        case list() if fours:
            yield from _of_four(value, fours[0], path)
        case dict() if records and records[0].tag_field:
            yield from _of_tagged(value, records, path)
        case dict() if records:
            yield from _of_record(value, records[0], path)
        case _:
            yield from misfits(value, (plain or records)[0], path)


def _of_four(value: list[Value], kind: inspect.TupleType, path: Path) -> Iterator[Misfit]:
    if len(value) != len(kind.item_types):
        yield path, f"found a list of {len(value)}, expected {_BY_CLASS}"
        return
    for number, (one, item) in enumerate(zip(value, kind.item_types, strict=True)):
        yield from misfits(one, item, (*path, number))


def _of_tagged(value: Node, kinds: list[inspect.StructType], path: Path) -> Iterator[Misfit]:
    name = str(kinds[0].tag_field)
    by_tag = {str(one.tag): one for one in kinds}
    tag = value.get(name)
    if isinstance(tag, str) and tag in by_tag:
        yield from _of_record(value, by_tag[tag], path)
        return
    told = f"expected one of {', '.join(by_tag)}"
    if name in value:
        yield (*path, name), f"found {_quoted(tag)}, {told}{nearest(str(tag), by_tag)}"
    else:
        yield path, f"expected `{name}`, which is missing: {told.removeprefix('expected ')}"


def _of_list(value: Value, item: inspect.Type, path: Path) -> Iterator[Misfit]:
    if not isinstance(value, list):
        yield path, f"found {_quoted(value)}, expected a list, as `[…]`"
        return
    for number, one in enumerate(value):
        yield from misfits(one, item, (*path, number))


def _of_mapping(value: Value, kind: inspect.Type, path: Path) -> Iterator[Misfit]:
    if not isinstance(value, dict):
        yield path, f"found {_quoted(value)}, expected fields as `name: value`"
        return
    for name, one in value.items():
        yield from misfits(one, kind, (*path, name))


def _of_words(value: Value, words: type[Enum], path: Path) -> Iterator[Misfit]:
    known = [str(one.value) for one in words]
    if value not in known:
        told = f"found {_quoted(value)}, expected one of {', '.join(known)}"
        yield path, f"{told}{nearest(str(value), known)}"


def _expected(value: Value, kind: inspect.Type, form: str) -> str:
    """Return what was expected of a plain value; nothing if it fits."""
    match kind:
        case inspect.StrType(pattern=pattern, max_length=most):
            fits = isinstance(value, str) and bool(re.search(pattern or "", value))
            fits = fits and len(str(value)) <= (len(str(value)) if most is None else most)
            return "" if fits else form or "a text"
        case inspect.BoolType():
            return "" if isinstance(value, bool) else "true or false"
        case inspect.IntType():
            fits = isinstance(value, int) and not isinstance(value, bool)
            return _in_range(value, kind, fits=fits, what="a whole number")
        case inspect.TupleType():
            return _FOUR
        case inspect.FloatType():
            fits = isinstance(value, int | float) and not isinstance(value, bool)
            return _in_range(value, kind, fits=fits, what="a number")
        case _:
            return ""


def _in_range(
    value: Value, kind: inspect.IntType | inspect.FloatType, *, fits: bool, what: str
) -> str:
    number = value if isinstance(value, int | float) else 0
    bounds = (
        (kind.ge, "at least", kind.ge is None or number >= kind.ge),
        (kind.gt, "above", kind.gt is None or number > kind.gt),
        (kind.le, "at most", kind.le is None or number <= kind.le),
        (kind.lt, "below", kind.lt is None or number < kind.lt),
    )
    if fits and all(holds for _, _, holds in bounds):
        return ""
    told = [f"{word} {bound:g}" for bound, word, _ in bounds if bound is not None]
    return ", ".join([what, *told])


def _quoted(value: Value) -> str:
    """Return a value as it may stand in a message: short, and a list or mapping by its kind."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "fields"
        case _:
            text = str(value)
            shown = text if len(text) <= _SHOWN_MAX else f"{text[:_SHOWN_MAX]}…"
            return f"'{shown}'" if isinstance(value, str) else shown
