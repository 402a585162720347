"""Reading a named entry of a settings file: `[channels.sms]`, whose `type` says what it may say.

A name that nobody knows is refused with the one that was probably meant: a misspelt setting that is
ignored is found on election day.
"""

import difflib
from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

import msgspec
from msgspec import Struct

from streams.errors import ConfigError

__all__ = ["as_table", "check_known", "read_entry"]

Entry = TypeVar("Entry", bound=Struct)


def read_entry(where: str, value: object, types: Iterable[type[Entry]]) -> Entry:
    """Return an entry as the type that it names.

    Args:
        where: File and name of the entry, for messages: `notify.toml: channels.sms`.
        value: What stands there.
        types: All that it may be; the tag of each is its word for `type`.

    Raises:
        ConfigError: It is no table, of no type that we have, or a field of it is unknown or wrong.
    """
    table = as_table(where, value)
    by_word = {str(one.__struct_config__.tag): one for one in types}
    word = table.get("type")
    if not isinstance(word, str):
        raise ConfigError(f"{where}.type: expected one of {', '.join(sorted(by_word))}")
    check_known(f"{where}.type", word, sorted(by_word))
    chosen = by_word[word]
    fields = ("type", *chosen.__struct_fields__)
    for name in table:
        check_known(f"{where}.{name}", name, fields)
    try:
        return msgspec.convert(table, chosen)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}") from error


def as_table(where: str, value: object) -> Mapping[str, object]:
    """Return what stands somewhere as a table.

    Raises:
        ConfigError: It is none.
    """
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: expected a table")
    return cast("Mapping[str, object]", value)


def check_known(where: str, word: str, known: Iterable[str]) -> None:
    """Refuse a word that is not known.

    Raises:
        ConfigError: It names the word that was probably meant, or all that there are.
    """
    words = list(known)
    if word in words:
        return
    near = difflib.get_close_matches(word, words, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(words)}"
    raise ConfigError(f"{where}: {word!r} is not known here; {hint}")
