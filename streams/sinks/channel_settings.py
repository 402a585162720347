"""What a channel of `notify_file` may say, by type, and how it is used where it says nothing.

The numbers are GoAlert's for text messages (engine/message/ratelimit.go) and those at which
Telegram begins to refuse. Machines are not throttled. A limit delays and puts together, it never
drops: what waits for a destination goes out in one message.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct

from streams.delivery.policy import ChannelPolicy, Limit

__all__ = [
    "BodyForm",
    "ChannelSettings",
    "FileSettings",
    "HttpSettings",
    "LimitSettings",
    "SmtpSettings",
    "SmtpTls",
    "StdoutSettings",
    "TelegramSettings",
    "TextForm",
    "WebhookSettings",
]

_MINUTE_S: Final = 60.0
_HOUR_S: Final = 3_600.0

Address = Annotated[str, Meta(pattern=r"^https?://[^\s]+\Z", max_length=2_000)]
Seconds = Annotated[float, Meta(gt=0, le=3_600)]
Port = Annotated[int, Meta(ge=1, le=65_535)]


class LimitSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """At most so many messages within any so many seconds."""

    count: Annotated[int, Meta(ge=1, le=100_000)]
    within_s: Annotated[float, Meta(gt=0, le=86_400)]


Limits = tuple[LimitSettings, ...]


class ChannelSettings(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type"
):
    """What every channel may say; nothing said is as usual for its type."""

    usual: ClassVar[ChannelPolicy] = ChannelPolicy()

    drill: bool = False
    """It is for drills alone: nothing real goes there, and no drill goes anywhere else."""
    calls: Limits | None = None
    informs: Limits | None = None
    each: Limits | None = None
    overall: Limits | None = None
    at_once: Annotated[int, Meta(ge=1, le=100)] | None = None
    bundles: bool | None = None
    timeout_s: Annotated[float, Meta(gt=0, le=120)] | None = None
    give_up_s: Annotated[float, Meta(ge=1, le=86_400)] | None = None

    @property
    def policy(self) -> ChannelPolicy:
        """How the channel is used: what it says itself, and the rest as is usual."""
        usual = self.usual
        return ChannelPolicy(
            calls=_limits(self.calls, usual.calls),
            informs=_limits(self.informs, usual.informs),
            each=_limits(self.each, usual.each),
            overall=_limits(self.overall, usual.overall),
            shared=usual.shared,
            at_once=usual.at_once if self.at_once is None else self.at_once,
            bundles=usual.bundles if self.bundles is None else self.bundles,
            timeout_s=usual.timeout_s if self.timeout_s is None else self.timeout_s,
            give_up_s=usual.give_up_s if self.give_up_s is None else self.give_up_s,
        )


def _limits(said: Limits | None, usual: tuple[Limit, ...]) -> tuple[Limit, ...]:
    return usual if said is None else tuple(Limit(one.count, one.within_s) for one in said)


class StdoutSettings(ChannelSettings, frozen=True, kw_only=True, tag="stdout"):
    """Lines of JSON on standard output."""

    usual: ClassVar[ChannelPolicy] = ChannelPolicy(at_once=1, bundles=False, timeout_s=5)


class FileSettings(ChannelSettings, frozen=True, kw_only=True, tag="file"):
    """Lines of JSON at the end of a file."""

    usual: ClassVar[ChannelPolicy] = ChannelPolicy(at_once=1, bundles=False, timeout_s=5)

    path: Annotated[str, Meta(min_length=1)]


class WebhookSettings(ChannelSettings, frozen=True, kw_only=True, tag="webhook"):
    """Signed requests to the address that the contact has (Standard Webhooks)."""

    usual: ClassVar[ChannelPolicy] = ChannelPolicy(
        at_once=8, bundles=False, shared=False, timeout_s=20
    )

    secret_file: str = ""
    """One secret a line, the newest first; all of them sign."""
    secret_env: str = ""
    ca_file: str = ""
    """Authorities to trust in the place of the usual ones."""


class BodyForm(StrEnum):
    """How a body is written."""

    JSON = "json"
    FORM = "form"


class TextForm(StrEnum):
    """How long a text may be."""

    SHORT = "short"
    """One text message: letters of GSM-7, `length` at most."""
    FULL = "full"
    """Everything; numbered parts of `length` characters where it is longer."""


class HttpSettings(ChannelSettings, frozen=True, kw_only=True, tag="http"):
    """Any gateway that takes a request for each message: SMS, WhatsApp.

    Address, headers and body may have `${target}`, `${digits}`, `${text}`, `${subject}`, `${key}`
    and `${secret}` in them.
    """

    usual: ClassVar[ChannelPolicy] = ChannelPolicy(
        calls=(Limit(5, 15 * _MINUTE_S), Limit(11, _HOUR_S), Limit(21, 3 * _HOUR_S)),
        informs=(Limit(1, 3 * _MINUTE_S), Limit(3, 20 * _MINUTE_S), Limit(8, 2 * _HOUR_S)),
        overall=(Limit(5, 5),),
        timeout_s=20,
        give_up_s=120,
    )

    url: Address
    method: Annotated[str, Meta(pattern=r"^(GET|POST|PUT)\Z")] = "POST"
    headers: Mapping[str, str] = {}
    content_type: BodyForm = BodyForm.JSON
    body: dict[str, object] = {}
    text: TextForm = TextForm.SHORT
    length: Annotated[int, Meta(ge=70, le=4_096)] = 160
    success: tuple[Annotated[int, Meta(ge=200, le=299)], ...] = ()
    """Statuses that mean that it was taken; none: every 2xx."""
    success_pattern: str = ""
    """What the answer must have in it, as a regular expression; else it is tried again."""
    refused_pattern: str = ""
    """What an answer has in it that means never, whatever its status."""
    secret_file: str = ""
    secret_env: str = ""
    ca_file: str = ""


class TelegramSettings(ChannelSettings, frozen=True, kw_only=True, tag="telegram"):
    """A bot; the contact's target is the id of its chat."""

    usual: ClassVar[ChannelPolicy] = ChannelPolicy(
        each=(Limit(1, 1), Limit(20, _MINUTE_S)),
        overall=(Limit(30, 1),),
        at_once=8,
        timeout_s=15,
        give_up_s=90,
    )

    token_file: str = ""
    token_env: str = ""
    api: Address = "https://api.telegram.org"
    listen: bool = True
    """Take the answers of its buttons."""
    ca_file: str = ""


class SmtpTls(StrEnum):
    """How a connection to a mail server is closed to others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    """Open: for a server on the same machine; a password is not sent over it."""


class SmtpSettings(ChannelSettings, frozen=True, kw_only=True, tag="smtp"):
    """A mail server; the contact's target is an address."""

    usual: ClassVar[ChannelPolicy] = ChannelPolicy(
        informs=(Limit(1, 3 * _MINUTE_S),),
        overall=(Limit(30, _MINUTE_S),),
        at_once=2,
        timeout_s=30,
    )

    host: Annotated[str, Meta(min_length=1)]
    port: Port = 587
    tls: SmtpTls = SmtpTls.STARTTLS
    sender: Annotated[str, Meta(pattern=r"^[^@\s<>]+@[^@\s<>]+\Z", max_length=254)]
    username: str = ""
    password_file: str = ""
    password_env: str = ""
    ca_file: str = ""
