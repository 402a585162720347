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
    proxies: tuple[str, ...] = ()
    """Addresses whose word for where a request comes from is taken."""
    connections: int
    """How many there may be at a time; who comes then is told to come again (503)."""
