"""What a channel of type `cap` may say; a target is an address, or `file:` and a folder."""

from typing import Annotated, ClassVar

from msgspec import Meta

from streams.delivery.policy import ChannelPolicy
from streams.sinks.channel_settings import ChannelSettings

__all__ = ["CapSettings"]


class CapSettings(ChannelSettings, frozen=True, kw_only=True, tag="cap"):
    """Messages of CAP 1.2 to a machine that takes them.

    A message tells of one alert, and later ones name the earlier, so nothing is put together.
    """

    usual: ClassVar[ChannelPolicy] = ChannelPolicy(bundles=False, timeout_s=20)

    sender: Annotated[str, Meta(pattern=r"^[^\s,<&]+\Z", max_length=64)]
    """Who we are, unique in the world: usually a domain, `siaga.polres-serang.example`."""
    sender_name: Annotated[str, Meta(max_length=200)] = ""
    """How people call us: `Posko Polres Serang`."""
    token_file: str = ""
    """Sent as a bearer's token, if there is one."""
    token_env: str = ""
    ca_file: str = ""
