"""Who is at the door by certificate, and what is shown of secrets."""

import base64

import pytest
from msgspec.structs import replace

from streams.gate.callers import Callers
from streams.gate.events import DOORS
from streams.gate.settings import parse_settings
from streams.sinks.signing import sign, signing_key
from streams.web.message import Incoming
from streams.web.refusal import Refusal
from tests.unit.gate.house import ENVIRONMENT, NOW_S, SECRET, SETTINGS, incoming, signed

TLS = """\
[tls]
certificate_file = "a"
key_file = "b"
client_ca_file = "c"
[producers.kpu]
topics = ["vote.counts"]
certificates = ["DNS:kpu.example"]
"""
NEW_SECRET = "whsec_" + base64.b64encode(b"the next secret of the tests, 32").decode()


def callers(text: str = SETTINGS, secret: str = SECRET) -> Callers:
    """Return everybody who may come in by these settings."""
    return Callers(parse_settings(text, "gate.toml"), DOORS, {**ENVIRONMENT, "APP": secret})


def with_certificate(request: Incoming, *names: str) -> Incoming:
    """Return a request over a connection whose client has shown a certificate."""
    return replace(request, certificates=frozenset(names))


def test_a_certificate_is_as_good_as_a_signature() -> None:
    """By any of its names; it has no id of a request."""
    shown = with_certificate(incoming(b"{}"), "DNS:other.example", "DNS:kpu.example")
    caller = callers(TLS).recognise(shown, NOW_S)
    assert ("kpu", "") == (caller.id, caller.request_id)


def test_a_certificate_of_nobody_opens_nothing() -> None:
    """Whoever has signed it."""
    with pytest.raises(Refusal, match="signature"):
        callers(TLS).recognise(with_certificate(incoming(), "DNS:other.example"), NOW_S)


def test_a_wrong_signature_is_not_mended_by_a_certificate() -> None:
    """Who signs is who he says he is, or nobody."""
    request = with_certificate(signed(b"{}"), "DNS:kpu.example")
    with pytest.raises(Refusal, match="signature"):
        callers(TLS).recognise(request, NOW_S)


def test_a_producer_with_a_certificate_alone_cannot_sign() -> None:
    """There is no secret that anybody could guess."""
    shown = sign([b""], "m", int(NOW_S), b"{}")
    for name in ("kpu", "nobody"):
        request = Incoming(body=b"{}", headers={**shown, "siaga-producer": name})
        with pytest.raises(Refusal, match="signature"):
            callers(TLS).recognise(request, NOW_S)


@pytest.mark.parametrize("secret", [SECRET, NEW_SECRET])
def test_while_a_secret_is_replaced_both_are_good(secret: str) -> None:
    """Two in one file: nobody need change at the same second as somebody else."""
    shown = sign([signing_key(secret)], "m", int(NOW_S), b"{}")
    request = Incoming(body=b"{}", headers={**shown, "siaga-producer": "app"})
    both = callers(secret=f"{NEW_SECRET}\n{SECRET}")
    assert ("app", "m") == (
        both.recognise(request, NOW_S).id,
        both.recognise(request, NOW_S).request_id,
    )


def test_nothing_shows_a_secret() -> None:
    """Neither who may come in, nor who has, nor what was sent."""
    found = callers()
    request = signed(b"a secret body")
    shown = f"{vars(found)} {found.recognise(request, NOW_S)} {request!r}"
    assert "Incoming(13 bytes)" in shown
    assert "secret" not in shown
    assert request.header("webhook-signature") not in shown
