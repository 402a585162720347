"""Requests from templates: a gateway is described in the configuration, none is written in code.

`${target}` and its like are filled in where they stand, and written as that place wants it: in an
address percent-encoded, in a form as a form, in a body of JSON as JSON, because there a body is a
table and not a text. So no message, however it reads, can become a second field or another address.
"""

import re
from collections.abc import Mapping
from typing import Final, cast
from urllib.parse import quote, urlencode

import msgspec
from msgspec import Struct

from streams.errors import ConfigError
from streams.sinks.channel_settings import BodyForm, HttpSettings
from streams.sinks.http import HttpRequest

__all__ = ["Values", "check_template", "filled"]

_PLACE: Final = re.compile(r"\$\{([^}]*)\}")
_NOT_DIGIT: Final = re.compile(r"[^0-9]")
_CONTROL: Final = re.compile(r"[^\x20-\x7e]+")
_TYPES: Final = {
    BodyForm.JSON: "application/json",
    BodyForm.FORM: "application/x-www-form-urlencoded",
}


class Values(Struct, frozen=True, kw_only=True):
    """What the places of a template are filled with; none of it is in any message or log."""

    target: str
    text: str
    subject: str
    key: str
    secret: str

    @property
    def by_name(self) -> Mapping[str, str]:
        """All values; `digits` is the target without plus, spaces and dashes."""
        return {
            "target": self.target,
            "digits": _NOT_DIGIT.sub("", self.target),
            "text": self.text,
            "subject": self.subject,
            "key": self.key,
            "secret": self.secret,
        }

    def __repr__(self) -> str:
        """Show that there are some."""
        return "Values()"


_NAMES: Final = tuple(Values(target="", text="", subject="", key="", secret="").by_name)


def check_template(where: str, settings: HttpSettings) -> None:
    """Refuse a template with a place that nothing can fill, or a form that is no flat table.

    Raises:
        ConfigError: It says where, and what there may be.
    """
    for text in (settings.url, *settings.headers.values(), *_texts(settings.body)):
        for name in _PLACE.findall(text):
            if name not in _NAMES:
                known = ", ".join(_NAMES)
                raise ConfigError(f"{where}: ${{{name}}} means nothing; known are {known}")
    is_flat = all(isinstance(value, str) for value in settings.body.values())
    if settings.content_type is BodyForm.FORM and not is_flat:
        raise ConfigError(f"{where}.body: expected texts alone, as a form has no tables")


def filled(settings: HttpSettings, values: Values) -> HttpRequest:
    """Return the request of a message."""
    named = values.by_name
    encoded = {name: quote(value, safe="") for name, value in named.items()}
    headers = {name: _header(value, named) for name, value in settings.headers.items()}
    if settings.body:
        headers = {"Content-Type": _TYPES[settings.content_type], **headers}
    return HttpRequest(
        method=settings.method,
        url=_fill(settings.url, encoded),
        headers=headers,
        body=_body(settings, named),
    )


def _body(settings: HttpSettings, named: Mapping[str, str]) -> bytes:
    if not settings.body:
        return b""
    made = _in(settings.body, named)
    match settings.content_type:
        case BodyForm.JSON:
            return msgspec.json.encode(made)
        case BodyForm.FORM:
            return urlencode(cast("Mapping[str, str]", made)).encode()


def _in(value: object, named: Mapping[str, str]) -> object:
    """Return a piece of a body with every text in it filled in."""
    match value:
        case str():
            return _fill(value, named)
        case dict():
            table = cast("Mapping[str, object]", value)
            return {name: _in(each, named) for name, each in table.items()}
        case list():
            return [_in(each, named) for each in cast("list[object]", value)]
        case _:
            return value


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            table = cast("Mapping[str, object]", value)
            return [text for each in table.values() for text in _texts(each)]
        case list():
            return [text for each in cast("list[object]", value) for text in _texts(each)]
        case _:
            return []


def _header(template: str, named: Mapping[str, str]) -> str:
    # A header ends at a line break, whatever follows would be a header of its own.
    return _CONTROL.sub(" ", _fill(template, named))


def _fill(template: str, named: Mapping[str, str]) -> str:
    """Fill all places at once, so that what is filled in is not looked at again."""
    return _PLACE.sub(lambda place: named[place[1]], template)
