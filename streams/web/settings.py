"""What everything of ours that answers over HTTP can be told: certificates, proxies, the log."""

from enum import StrEnum

from msgspec import Struct

__all__ = ["AccessLog", "Serving", "Tls"]


class Tls(Struct, frozen=True, forbid_unknown_fields=True):
    """Certificates as files in PEM form."""

    certificate_file: str
    key_file: str
    client_ca_file: str = ""
    """Who signs the certificates of clients (mTLS); empty: nobody is asked for one."""


class AccessLog(StrEnum):
    """Which requests are logged; never with body, token, number or address."""

    NONE = "none"
    REFUSED = "refused"
    ALL = "all"


class Serving(Struct, frozen=True, kw_only=True):
    """How a program listens."""

    what: str
    """For the log, as `the gate`."""
    tls: Tls | None = None
    is_secure: bool = False
    """Whether browsers come by TLS, ours or that of a proxy: they are told to come by nothing else
    from then on (HSTS)."""
    proxies: tuple[str, ...] = ()
    """Addresses whose word for where a request comes from is taken."""
    connections: int
    """How many there may be at a time; who comes then is told to come again (503).

    One address may have a quarter of them, unless it is a proxy's; what it opens beyond is closed.
    """
    head_s: float = 10.0
    """How long the head of a request may take, from the connection or from its first byte."""
    stalled_s: float = 30.0
    """After these a connection is ended whose client takes nothing of its answer."""
