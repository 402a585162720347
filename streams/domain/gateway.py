"""What a gateway tells of itself: that it lives, and what still waits in it (`siaga.gateways`).

SMS and WhatsApp reach us through gateways. One that is stuck makes its TPS look silent, though they
speak. So a gateway says every minute, or oftener, for whom it carries messages and how old the
oldest is that it has not handed on. What that means for silence:
`streams.rules.detectors.vouched`.
"""

from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from streams.domain.events import Count, Id, Source, TimeText

__all__ = ["GATEWAY_AREA_PATTERN", "GatewayHeartbeat"]

GATEWAY_AREA_PATTERN: Final = r"^[0-9]{2}\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4}(-[0-9]{3})?)?)?$(?!\n)"
"""A kabupaten or kota, a kecamatan, a desa or kelurahan, or a TPS. It lets no newline follow."""
AreaText = Annotated[str, Meta(pattern=GATEWAY_AREA_PATTERN, max_length=17)]


class GatewayHeartbeat(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A gateway lives, and says what waits in it (`siaga.gateways`)."""

    id: Id
    at: TimeText
    source: Source
    """Its `id` is the name of the gateway, its `role` is `system`."""
    areas: Annotated[tuple[AreaText, ...], Meta(min_length=1, max_length=1000)]
    """Whose messages come through it."""
    oldest_pending_at: TimeText | UnsetType = UNSET
    """When the oldest message came to it that it has not handed on; missing: none waits."""
    pending: Count | UnsetType = UNSET
    """How many wait."""
    every_seconds: Annotated[int, Meta(ge=1, le=300)] | UnsetType = UNSET
    """How often it says so."""
    election: str = ""
