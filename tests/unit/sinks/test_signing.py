"""Signatures of Standard Webhooks: as the reference library makes and reads them."""

import base64
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from streams.sinks.signing import (
    ID_HEADER,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    TOLERANCE_S,
    SignatureError,
    sign,
    signing_key,
    verify,
)

NEW, OLD = (f"whsec_{base64.b64encode(letter * 32).decode()}" for letter in (b"n", b"o"))
KEYS = (signing_key(NEW), signing_key(OLD))
NOW = 1_732_665_600
BODY = '{"text": "perlu dicek — 07:30"}'.encode()
SIGNED = dict(sign(KEYS, "3604-A:sms:0", NOW, BODY))


@pytest.mark.parametrize("secret", [NEW, OLD])
def test_the_reference_library_takes_what_we_sign(secret: str) -> None:
    """With either of the secrets that are in force, so one can be replaced without a gap."""
    now = int(datetime.now(UTC).timestamp())
    headers = dict(sign(KEYS, "3604-A:sms:0", now, BODY))
    assert {"text": "perlu dicek — 07:30"} == Webhook(secret).verify(BODY, headers)


def test_we_take_what_the_reference_library_signs() -> None:
    """By whichever key, of those that we know its sender by."""
    moment = datetime.fromtimestamp(NOW, UTC)
    # The library takes a time without a zone, and reads it as that of this machine.
    signature = Webhook(OLD).sign("id", moment.astimezone().replace(tzinfo=None), BODY.decode())
    headers = {ID_HEADER: "id", TIMESTAMP_HEADER: str(NOW), SIGNATURE_HEADER: signature}
    verify(KEYS, headers, BODY, NOW)


@pytest.mark.parametrize("now", [NOW - TOLERANCE_S, NOW, NOW + TOLERANCE_S])
def test_a_message_is_taken_within_the_tolerance(now: float) -> None:
    """To the second, either way."""
    verify(KEYS, SIGNED, BODY, now)


@pytest.mark.parametrize(
    ("reason", "changes", "now"),
    [
        *[("missing", {name: ""}, NOW) for name in SIGNED],
        ("time", {}, NOW + TOLERANCE_S + 1),
        ("time", {}, NOW - TOLERANCE_S - 1),
        *[
            ("time", {TIMESTAMP_HEADER: text}, NOW)
            for text in ("soon", "-1", "1e9", "٣", f"{NOW}.5", "9" * 5_000)
        ],
        ("signature", {TIMESTAMP_HEADER: str(NOW + 1)}, NOW),
        ("signature", {ID_HEADER: "3604-A:sms:1"}, NOW),
        *[
            ("signature", {SIGNATURE_HEADER: text}, NOW)
            for text in (
                "v1,",
                "v1",
                "v1,é",
                "v1,\udcff",
                "v2,x",
                SIGNED[SIGNATURE_HEADER].replace("v1,", "v1a,"),
            )
        ],
    ],
)
def test_what_was_changed_is_refused(reason: str, changes: dict[str, str], now: float) -> None:
    """Any header, and any time that is not near."""
    with pytest.raises(SignatureError, match=f"^{reason}$"):
        verify(KEYS, SIGNED | changes, BODY, now)


def test_another_body_is_refused() -> None:
    """Of which no byte may differ."""
    with pytest.raises(SignatureError, match=r"^signature$"):
        verify(KEYS, SIGNED, BODY + b" ", NOW)


def test_without_a_key_nobody_is_known() -> None:
    """No key means nobody, not everybody."""
    with pytest.raises(SignatureError, match=r"^signature$"):
        verify((), SIGNED, BODY, NOW)


def test_one_right_signature_among_others_is_enough() -> None:
    """Who replaces a secret signs with both; versions that we don't know are passed over."""
    shown = f"v1a,abc v1,xyz {SIGNED[SIGNATURE_HEADER].split()[1]}"
    verify(KEYS[1:], SIGNED | {SIGNATURE_HEADER: shown}, BODY, NOW)


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_geheim!", f"whsec_{base64.b64encode(b'x' * 23).decode()}"]
)
def test_a_secret_that_is_none_is_refused_and_not_repeated(secret: str) -> None:
    """Too short keeps nobody out."""
    with pytest.raises(ValueError, match="expected 24 to 64 bytes") as raised:
        signing_key(secret)
    assert not secret.removeprefix("whsec_") or secret not in str(raised.value)
