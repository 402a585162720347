"""What is shown of an alert wherever it is shown: what it is about, who was told, who has it."""

from msgspec import Struct

from streams.domain.alert import Alert, Text
from streams.domain.ids import Scope, area_kind
from streams.domain.words import ScopeKind
from streams.wire.documents import ScopeDocument, ToldDocument
from streams.wire.time import format_time

__all__ = ["Named", "scope_document", "scope_kind", "taken_by", "told_of"]


class Named(Struct, frozen=True, gc=False):
    """What people call the scope of an alert, and its areas from the province down."""

    name: str
    path: tuple[str, ...]


def scope_kind(scope: Scope) -> ScopeKind:
    """Return what kind of thing a scope is: `pair:36.04/P03` is a pair, a bare code an area."""
    kind, colon, _ = scope.partition(":")
    return ScopeKind(kind) if colon else ScopeKind(area_kind(scope) or "")


def scope_document(scope: Scope, named: Named) -> ScopeDocument:
    """Return what an alert is about, and how people call it."""
    return ScopeDocument(scope_kind(scope), scope, named.name, named.path)


def told_of(shown: Alert, offset_minutes: int) -> tuple[ToldDocument, ...]:
    """Return who was told of an alert since it opened, or reopened, in order."""
    return tuple(
        ToldDocument(
            one.ladder,
            one.level,
            format_time(one.at, offset_minutes),
            one.contacts,
            one.delivered,
            one.failed,
            None if one.delivered_at is None else format_time(one.delivered_at, offset_minutes),
        )
        for one in shown.told
    )


def taken_by(shown: Alert) -> Text | None:
    """Return who has an alert, as people may be told of it; None: nobody."""
    return shown.taken_by if shown.acknowledged_by else None
