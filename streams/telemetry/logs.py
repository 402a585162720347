"""Logs: one line an event, on standard error, for people (`text`) or for machines (`json`).

A log tells what the program does, never what the day is about: no candidate, no reporter and no
officer stands in it. What was reported and decided is in the topics, where access is governed.

A JSON line has `time` (RFC 3339, UTC, milliseconds), `level`, `logger` and `message`; of an error
also `error`, its traceback; and whatever fields the caller gave as `extra`.
"""

import logging
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

import orjson

__all__ = ["JsonFormatter", "LogFormat", "TextFormatter", "let_libraries_speak", "set_up_logging"]

_LIBRARIES: Final = ("aiokafka", "asyncio", "faust", "kafka", "mode")
"""They say much at `info` that only their authors need."""
_OWN: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}
"""What every log record has; all else was given as `extra`."""


class LogFormat(StrEnum):
    """The form of a log line."""

    JSON = "json"
    TEXT = "text"


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        extra = {name: value for name, value in vars(record).items() if name not in _OWN}
        fields = extra | {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return orjson.dumps(fields, default=str).decode()


class TextFormatter(logging.Formatter):
    """Time, level and message; an error's traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record."""
        line = f"{_time(record)} {record.levelname.lower()} {record.name}: {record.getMessage()}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def set_up_logging(log_format: LogFormat, level: int = logging.INFO) -> None:
    """Send the log of this process to standard error; calling it again replaces what was set."""
    handler = logging.StreamHandler(sys.stderr)
    is_json = log_format is LogFormat.JSON
    handler.setFormatter(JsonFormatter() if is_json else TextFormatter())
    handler.addFilter(_is_worth_telling)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def let_libraries_speak() -> None:
    """Let warnings of libraries into the log: a worker lives with their troubles for days.

    A command that ends on the first trouble tells it once, in its own words.
    """
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def _is_worth_telling(record: logging.LogRecord) -> bool:
    # Faust tells of each of its parts when it starts and stops, under our loggers too.
    return record.levelno > logging.INFO or not str(record.msg).startswith("[^")


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
