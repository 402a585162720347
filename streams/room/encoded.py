"""Rows as bytes: made when they are asked for, and held until what they show changes.

A row of an alert says what the asking role may do to it, and what has absorbed it, if that is seen
as well; everything else is the same for all.
Documents of the picture go on as they came, with their keys: the page has the topic's own fields.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from streams.domain.events import ActorRole
from streams.room.documents import AlertRow
from streams.room.kinds import Kind
from streams.room.letters import letter_row
from streams.room.model import Model
from streams.room.names import Names
from streams.room.rights import DESK, ENDPOINTS
from streams.room.rows import alert_row, triage_row
from streams.room.sight import Shade, Sight, sees

__all__ = ["Encoded"]

_ENDPOINT: Final = {Kind.TRIAGE: ENDPOINTS["triage"], Kind.LETTERS: ENDPOINTS["letters"]}
"""Rows that are of a desk go to those who may ask for its list."""
_Variant = tuple[ActorRole, str | None] | None
"""For which role a row of an alert is, and with which parent; None: it is the same for all."""
_encode: Final = msgspec.json.Encoder().encode


class Encoded:
    """The rows of a model as JSON."""

    def __init__(self, model: Model, names: Names) -> None:
        """Begin without any."""
        self._model = model
        self._names = names
        self._held: dict[tuple[Kind, str], dict[_Variant, bytes]] = {}

    def forget(self, keys: Iterable[tuple[Kind, str]]) -> None:
        """Make these anew when they are asked for."""
        for key in keys:
            self._held.pop(key, None)

    def sees(self, sight: Sight, kind: Kind, shade: Shade | None) -> bool:
        """Tell whether a row of this kind and shade is seen."""
        desk = _ENDPOINT.get(kind)
        if desk is not None and (kind in sight.shut or sight.role not in desk.roles):
            return False
        if desk is not None and sight.role not in DESK and not (shade and shade.roles):
            return False
        return sees(sight, shade)

    def row(self, sight: Sight, kind: Kind, key: str) -> bytes:
        """Return a row, which must be there, as somebody of this sight gets it."""
        if kind in {Kind.AREAS, Kind.TPS}:
            return self._model.pictures.row(key)
        held = self._held.setdefault((kind, key), {})
        variant = (sight.role, self._parent(sight, key)) if kind is Kind.ALERTS else None
        if variant not in held:
            held[variant] = self._made(sight, kind, key)
        return held[variant]

    def alert(self, sight: Sight, key: str) -> AlertRow:
        """Return the row of an alert, which must be there."""
        model = self._model
        row = alert_row(model.alerts[key], model.absorbed(key), sight.role)
        return msgspec.structs.replace(
            row,
            parent=self._parent(sight, key),
            written=model.deeds.written(key),
            sent=model.deeds.sent(key),
        )

    def _parent(self, sight: Sight, key: str) -> str | None:
        """Return what has absorbed an alert, if it is there and seen."""
        parent = self._model.alerts[key].parent
        if parent is None or not sees(sight, self._model.shade(Kind.ALERTS, parent)):
            return None
        return parent

    def _made(self, sight: Sight, kind: Kind, key: str) -> bytes:
        match kind:
            case Kind.ALERTS:
                return _encode(self.alert(sight, key))
            case Kind.TRIAGE:
                return _encode(triage_row(self._model.reports[key], self._names))
            case _:
                return _encode(letter_row(self._model.letters.open[key]))
