"""Record types made from the types of our events, so that a rule knows the fields that they have.

| in Python | in an expression |
|---|---|
| `bool`, `int`, `float`, `str` | `bool`, `int`, `double`, `string` |
| a `StrEnum` | a string with a closed set of words |
| `tuple[X, ...]`, `list[X]` | `list(X)` |
| `dict[str, X]` | `map(string, X)` |
| another `Struct` | a record |
| a default of `UNSET` or None | a field that may be missing |
| a `str` whose default is `""` | a field that may be missing, which is then empty |

A field has the name that it has on the wire. Constraints (`Annotated`) do not matter here.
"""

from collections.abc import Collection, Mapping

import msgspec
from msgspec import Struct, inspect

from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    INT,
    STRING,
    Field,
    ListType,
    MapType,
    Missing,
    RecordType,
    Type,
    enum_of,
)

__all__ = ["record_of"]


def record_of(
    record: type[Struct],
    name: str,
    overrides: Mapping[str, Type | Field] | None = None,
    dropped: Collection[str] = (),
) -> RecordType:
    """Return the record type of a struct.

    Args:
        record: the struct; it must not contain itself.
        name: what messages call it.
        overrides: by name on the wire; a type for the value as it is, or a whole field.
        dropped: names on the wire that expressions cannot use.
    """
    info = inspect.type_info(record)
    assert isinstance(info, inspect.StructType), "a Struct was asked for"
    return _record(info, name, overrides or {}, dropped)


def _record(
    info: inspect.StructType,
    name: str,
    overrides: Mapping[str, Type | Field],
    dropped: Collection[str],
) -> RecordType:
    known = {field.encode_name: field for field in info.fields}
    for asked in (*overrides, *dropped):
        assert asked in known, f"{name} has no field {asked} to override or drop"
    fields: dict[str, Field] = {}
    for wire_name, field in known.items():
        override = overrides.get(wire_name)
        if isinstance(override, Field):
            fields[wire_name] = override
        elif wire_name not in dropped:
            kind = _type(field.type, f"{name}.{wire_name}") if override is None else override
            fields[wire_name] = Field(kind, field.name, _missing(field))
    return RecordType(name, fields)


def _missing(field: inspect.Field) -> Missing:
    """Find out how a field says that it is not there."""
    if field.required or field.default_factory is not msgspec.NODEFAULT:
        return Missing.NEVER
    # A default of UNSET is told as not required and without a default.
    if field.default is msgspec.NODEFAULT:
        return Missing.UNSET
    if field.default is None:
        return Missing.NONE
    is_text = isinstance(_bare(field.type), inspect.StrType)
    return Missing.EMPTY if is_text and field.default == "" else Missing.NEVER


def _bare(kind: inspect.Type) -> inspect.Type:
    """Take away what says nothing about values: metadata, and None beside a type."""
    match kind:
        case inspect.Metadata(type=inner):
            return _bare(inner)
        case inspect.UnionType(types=types):
            some = [one for one in types if not isinstance(one, inspect.NoneType)]
            return _bare(some[0]) if len(some) == 1 else kind
        case _:
            return kind


def _type(kind: inspect.Type, where: str) -> Type:
    match _bare(kind):
        case inspect.BoolType():
            return BOOL
        case inspect.IntType():
            return INT
        case inspect.FloatType():
            return DOUBLE
        case inspect.StrType():
            return STRING
        case inspect.EnumType(cls=words):
            return enum_of(words.__name__, words)
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return ListType(_type(item, f"{where}[]"))
        case inspect.DictType(key_type=key, value_type=value):
            assert isinstance(_bare(key), inspect.StrType), f"{where} has keys that are no text"
            return MapType(_type(value, f"{where}[]"))
        case inspect.StructType() as struct:
            return _record(struct, where, {}, ())
        case other:
            raise AssertionError(f"{where} is {type(other).__name__}, which no expression knows")
