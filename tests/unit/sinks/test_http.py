"""HTTP: what a status and a `Retry-After` mean, and what is shown of a request."""

import ssl
from pathlib import Path

import pytest
import trustme

from streams.errors import ConfigError
from streams.sinks.http import HttpAnswer, HttpRequest, outcome_of, retry_after, trust
from streams.sinks.sink import Delivered, Outcome, Refused, TryAgain

NOW = 1_732_665_600.0
"""2024-11-27T00:00:00Z."""


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *[(status, Delivered()) for status in (200, 201, 202, 204, 299)],
        *[(status, Refused(f"http {status}")) for status in (400, 402, 404, 410, 422)],
        *[(status, TryAgain(f"http {status}", 3.0)) for status in (408, 425, 429, 500, 503, 599)],
        *[(status, TryAgain(f"http {status}", 3.0)) for status in (301, 302, 307, 401, 403, 407)],
        *[(status, Refused(f"http {status}")) for status in (100, 199, 600)],
    ],
)
def test_a_status_says_whether_to_try_again(status: int, expected: Outcome) -> None:
    """Only what may be otherwise later is tried again."""
    assert expected == outcome_of(HttpAnswer(status, retry_after_s=3.0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("3601", 3_600.0),
        ("9" * 400, 3_600.0),
        ("Wed, 27 Nov 2024 00:01:00 GMT", 60.0),
        ("Tue, 26 Nov 2024 23:59:59 GMT", 0.0),
        ("Wed, 27 Nov 2099 00:01:00 GMT", 3_600.0),
        ("Wed, 27 Nov 2024 07:01:00 +0700", 60.0),
        *[(text, None) for text in ("", "soon", "-5", "1.5", "٣", "Wed, 99 Nov 2024 00:00:00 GMT")],
    ],
)
def test_a_wait_is_seconds_or_a_date(text: str, expected: float | None) -> None:
    """An hour at most, and never less than nothing; what is neither asks for no wait."""
    assert expected == retry_after(text, NOW)


def test_nothing_of_a_request_is_shown() -> None:
    """Address, header and body each may have a secret in them."""
    secret = "it opens everything"
    request = HttpRequest(url=secret, headers={"Authorization": secret}, body=secret.encode())
    assert ("HttpRequest(POST)", "HttpAnswer(400)") == (
        repr(request),
        repr(HttpAnswer(400, secret.encode())),
    )


def test_authorities_of_a_file_are_trusted_in_the_place_of_others(tmp_path: Path) -> None:
    """Without a file it is as usual."""
    file = tmp_path / "authority.pem"
    trustme.CA().cert_pem.write_to_path(file)
    context = trust("ca_file", str(file))
    assert context is not None
    assert (ssl.CERT_REQUIRED, 1) == (context.verify_mode, context.cert_store_stats()["x509_ca"])
    assert trust("ca_file", "") is None


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_without_authorities_is_a_fault_of_a_setting(
    content: str | None, tmp_path: Path
) -> None:
    """It is named, before the first message is to be sent."""
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigError, match=r"^channels.sms.ca_file: .* cannot be used"):
        trust("channels.sms.ca_file", str(file))
