"""The reference page of the settings, made from the type that holds them and the parsers' flags.

`python -m streams.cli.reference` writes it to `docs/reference/settings.md`.
"""

import argparse
import ast
import inspect
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, cast

import msgspec

from streams.cli.command import VERBS, parser_of
from streams.config import ENVIRONMENT_PREFIX, Config

__all__ = ["settings_page"]

_INTRODUCTION: Final = """\
# Settings

What `siaga.toml` takes: that of the current folder, or the file that `--config` or `SIAGA_CONFIG`
names. Flags win over `SIAGA_*` in the environment, that over the file, the file over the defaults.
A name that nobody knows is refused. `siaga worker --print-config` prints what is in effect. This
page is made from the type that holds them (`python -m streams.cli.reference`).

The files that `gate_file`, `notify_file` and `room_file` name have settings of their own:
[gate.md](gate.md), [channels.md](channels.md) and [mirrors.md](mirrors.md), [room.md](room.md). To
begin with there is one of each in [`deploy`](../../deploy); `users_file` is written by
[`siaga users`](users.md).
"""
_BOUNDS: Final = {
    "minimum": "from {}",
    "exclusiveMinimum": "above {}",
    "maximum": "to {}",
    "pattern": "`{}`",
}
_KINDS: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "array of texts",
}


def settings_page() -> str:
    """Return the page as Markdown."""
    schema = msgspec.json.schema(Config)
    parts = cast("Mapping[str, Any]", schema["$defs"])
    texts, flags = _texts(), _flags()
    sections = (
        _section(name, field, parts, texts[name], flags.get(name, ()))
        for name, field in parts["Config"]["properties"].items()
    )
    return "\n".join([_INTRODUCTION, *sections])


def _section(
    name: str, field: Mapping[str, Any], parts: Mapping[str, Any], text: str, flags: tuple[str, ...]
) -> str:
    default = msgspec.json.encode(field["default"]).decode()
    lines = [
        f"## `{name}`",
        "",
        text,
        "",
        f"- default: `{default}`",
        f"- takes: {_takes(field, parts)}",
        f"- environment: `{ENVIRONMENT_PREFIX}{name.upper()}`",
    ]
    if flags:
        lines.append(f"- flag: {', '.join(f'`{one}`' for one in flags)}")
    return "\n".join([*lines, ""])


def _takes(field: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    if "$ref" in field:
        named = parts[field["$ref"].rpartition("/")[2]]
        return " or ".join(f"`{word}`" for word in named["enum"])
    bounds = [text.format(field[key]) for key, text in _BOUNDS.items() if key in field]
    return " ".join([_KINDS[field["type"]], *bounds])


def _texts() -> dict[str, str]:
    """Return what stands below each setting in the source."""
    [body] = [
        one.body
        for one in ast.parse(inspect.getsource(Config)).body
        if isinstance(one, ast.ClassDef)
    ]
    return dict(_documented(body))


def _documented(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)
            case _:
                pass


def _flags() -> dict[str, tuple[str, ...]]:
    """Return the verbs that have a flag for a setting, with it, by the setting."""
    found: dict[str, tuple[str, ...]] = {}
    for verb in VERBS:
        parser: argparse.ArgumentParser = parser_of(verb)
        for action in parser._actions:  # noqa: SLF001  argparse has no other way to ask for them
            if action.option_strings and action.dest in Config.__struct_fields__:
                found[action.dest] = (
                    *found.get(action.dest, ()),
                    f"siaga {verb} {action.option_strings[0]}",
                )
    return found
