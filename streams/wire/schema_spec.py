"""What a JSON Schema says of a message beside its type; `streams.wire.schemas` makes them."""

from msgspec import Struct

__all__ = ["Json", "Schema"]

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


class Schema(Struct, frozen=True):
    """What there is to say of a message beside its type."""

    kind: type[Struct]
    title: str
    rule: str
    """What is required beyond the fields that every such message has; empty: nothing."""
    needs: dict[str, Json]
    """The same in JSON Schema."""
    meaning: dict[str, str]
    """By field, where the name does not say all."""
