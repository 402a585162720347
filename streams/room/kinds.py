"""Kinds of rows that a browser holds, by the names that a delta has for them."""

from enum import StrEnum

__all__ = ["Kind"]


class Kind(StrEnum):
    """A kind of row."""

    ALERTS = "alerts"
    TRIAGE = "triage"
    LETTERS = "letters"
    AREAS = "areas"
    CLOCKS = "clocks"
    """Of an area's picture only its clocks have moved."""
    TPS = "tps"
    REPLIES = "replies"
