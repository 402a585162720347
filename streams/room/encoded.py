"""Rows as bytes: made when they are asked for, and held until what they show changes.

A row of an alert says what the asking role may do to it; everything else is the same for all.
Documents of the picture go on as they came, with their keys: the page has the topic's own fields.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from streams.domain.events import ActorRole
from streams.room.documents import AlertRow, TriageRow
from streams.room.kinds import Kind
from streams.room.letters import letter_row
from streams.room.model import Model
from streams.room.names import Names
from streams.room.rights import DESK, ENDPOINTS
from streams.room.rows import alert_row, triage_row
from streams.room.sight import Shade, Sight, sees

__all__ = ["Encoded"]

_ALL_ROLES: Final = ActorRole.VIEWER
"""Under whose name rows are held that are the same for all."""
_ENDPOINT: Final = {Kind.TRIAGE: ENDPOINTS["triage"], Kind.LETTERS: ENDPOINTS["letters"]}
"""Rows that are of a desk go to those who may ask for its list."""
_encode: Final = msgspec.json.Encoder().encode


class Encoded:
    """The rows of a model as JSON."""

    def __init__(self, model: Model, names: Names) -> None:
        """Begin without any."""
        self._model = model
        self._names = names
        self._held: dict[tuple[Kind, str], dict[ActorRole, bytes]] = {}

    def forget(self, keys: Iterable[tuple[Kind, str]]) -> None:
        """Make these anew when they are asked for."""
        for key in keys:
            self._held.pop(key, None)

    def sees(self, sight: Sight, kind: Kind, shade: Shade | None) -> bool:
        """Tell whether a row of this kind and shade is seen."""
        desk = _ENDPOINT.get(kind)
        if desk is not None and (kind in sight.shut or sight.role not in desk.roles):
            return False
        if kind is Kind.TRIAGE and sight.role not in DESK and not (shade and shade.roles):
            return False
        return sees(sight, shade)

    def row(self, role: ActorRole, kind: Kind, key: str) -> bytes:
        """Return a row, which must be there, as a role gets it."""
        if kind in {Kind.AREAS, Kind.TPS}:
            return self._model.pictures.row(key)
        held = self._held.setdefault((kind, key), {})
        under = role if kind is Kind.ALERTS else _ALL_ROLES
        if under not in held:
            held[under] = self._made(role, kind, key)
        return held[under]

    def alert(self, role: ActorRole, key: str) -> AlertRow:
        """Return the row of an alert, which must be there."""
        model = self._model
        alert = model.alerts[key]
        row = alert_row(alert, len(model.children(key)), role)
        return msgspec.structs.replace(
            row,
            parent=None if alert.parent is None else model.parent(alert, role),
            written=model.deeds.written(key),
            sent=model.deeds.sent(key),
        )

    def report(self, key: str) -> TriageRow:
        """Return the row of a report, which must be there."""
        report = self._model.reports[key]
        alike = [
            one.id
            for one in self._model.reports.values()
            if one.id != key
            and (one.area, one.category, one.restricted_to)
            == (report.area, report.category, report.restricted_to)
        ]
        return triage_row(report, self._names, sorted(alike))

    def _made(self, role: ActorRole, kind: Kind, key: str) -> bytes:
        match kind:
            case Kind.ALERTS:
                return _encode(self.alert(role, key))
            case Kind.TRIAGE:
                return _encode(self.report(key))
            case _:
                return _encode(letter_row(self._model.letters.open[key]))
