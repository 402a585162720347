"""Certificates looked at before anything listens: a file that cannot be used is named, and why."""

import ssl
from pathlib import Path
from typing import Final

from streams.errors import ConfigError
from streams.web.settings import Tls

__all__ = ["check_tls"]

_CERTIFICATE: Final = b"-----BEGIN CERTIFICATE-----"
_KEY: Final = b"PRIVATE KEY-----"
_ENCRYPTED: Final = b"ENCRYPTED"


def check_tls(tls: Tls | None) -> None:
    """Refuse certificates that nobody can be answered with; the key is shown nowhere.

    Raises:
        ConfigError: A file cannot be read, is another one, or the two do not belong together.
    """
    if tls is None:
        return
    _check("certificate_file", tls.certificate_file, _CERTIFICATE, "a certificate")
    _check("key_file", tls.key_file, _KEY, "a private key")
    if _ENCRYPTED in _content("key_file", tls.key_file):
        raise ConfigError(f"tls.key_file: {tls.key_file}: expected a key without a passphrase")
    if tls.client_ca_file:
        _check("client_ca_file", tls.client_ca_file, _CERTIFICATE, "a certificate")
    _load(tls)


def _check(field: str, file: str, mark: bytes, what: str) -> None:
    if mark not in _content(field, file):
        raise ConfigError(f"tls.{field}: {file}: expected {what} in PEM form")


def _content(field: str, file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise ConfigError(
            f"tls.{field}: {file} cannot be read ({error.strerror}): name another file"
        ) from error


def _load(tls: Tls) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(tls.certificate_file, tls.key_file)
    except ssl.SSLError as error:
        raise ConfigError(
            f"tls: {tls.key_file} is no key of {tls.certificate_file}, or one of them is damaged "
            f"({error.reason})"
        ) from error
    try:
        if tls.client_ca_file:
            context.load_verify_locations(tls.client_ca_file)
    except ssl.SSLError as error:
        raise ConfigError(
            f"tls.client_ca_file: {tls.client_ca_file}: no certificates that can be used"
            f" ({error.reason})"
        ) from error
