"""Signatures of producers, and what a signature may send."""

import hmac
import json

import pytest

from streams.domain.effects import DeadLetterReason
from streams.errors import ConfigError
from streams.wire.accept import AcceptSettings
from streams.wire.producers import NO_PRODUCERS, parse_producers
from streams.wire.records import DeadLettered, Headers, Journaled
from tests.unit.wire.worlds import ROOT, acceptor, command, record, report, status

SECRET, OTHER = "5a" * 32, "a5" * 32
FILE = f"""\
must_sign = ["operator.commands"]
[producers.room]
secret = "{SECRET}"
topics = ["operator.commands"]
roles = ["operator", "commander"]
[producers."gateway:sms"]
secret = "{OTHER}"
topics = ["crowd.reports"]
roles = ["warga"]
[producers.everybody]
secret = "{SECRET}"
"""
SIGNED = acceptor(AcceptSettings(producers=parse_producers(FILE)))
ORDER, REPORT = json.dumps(command()).encode(), json.dumps(report()).encode()


def signature(value: bytes, key_id: str = "room", secret: str = SECRET) -> Headers:
    """Return the header with which a producer signs a value."""
    made = hmac.new(bytes.fromhex(secret), value, "sha256").hexdigest()
    return (("siaga-signature", f"{key_id}:{made}".encode()),)


@pytest.mark.parametrize(
    ("topic", "value", "headers"),
    [
        ("operator.commands", ORDER, signature(ORDER)),
        ("operator.commands", ORDER, signature(ORDER, "everybody")),
        ("crowd.reports", REPORT, signature(REPORT, "gateway:sms", OTHER)),
        ("crowd.reports", REPORT, ()),
        ("tps.status", json.dumps(status()).encode(), ()),
    ],
)
def test_what_is_signed_as_it_must_be_is_taken(topic: str, value: bytes, headers: Headers) -> None:
    """And where none must sign, nobody has to."""
    assert isinstance(SIGNED.accept(record(topic, value, headers)), Journaled)


def test_a_signature_in_capitals_is_the_same() -> None:
    """Hexadecimal digits have no case."""
    ((name, text),) = signature(ORDER)
    assert text is not None
    key_id, digits = text.split(b":")
    headers: Headers = ((name, key_id + b":" + digits.upper()),)
    assert isinstance(SIGNED.accept(record("operator.commands", ORDER, headers)), Journaled)


@pytest.mark.parametrize(
    ("topic", "value", "headers"),
    [
        ("operator.commands", ORDER, ()),
        ("operator.commands", ORDER, (("siaga-signature", None),)),
        ("operator.commands", ORDER, (("siaga-signature", b""),)),
        ("operator.commands", ORDER, (("siaga-signature", b"room"),)),
        ("operator.commands", ORDER, (("siaga-signature", b"room:"),)),
        ("operator.commands", ORDER, (("siaga-signature", b"room:\xff"),)),
        ("operator.commands", ORDER, (("siaga-signature", b"\xff:00"),)),
        ("operator.commands", ORDER, signature(ORDER, "nobody")),
        ("operator.commands", ORDER, signature(ORDER, "room", OTHER)),
        ("operator.commands", ORDER, signature(ORDER + b" ")),
        ("crowd.reports", REPORT, signature(REPORT, "gateway:sms", SECRET)),
    ],
)
def test_a_missing_or_wrong_signature_is_refused(
    topic: str, value: bytes, headers: Headers
) -> None:
    """A wrong one also where none is asked for: somebody plays somebody."""
    verdict = SIGNED.accept(record(topic, value, headers))
    assert isinstance(verdict, DeadLettered), verdict
    assert DeadLetterReason.SIGNATURE is verdict.reason


@pytest.mark.parametrize(
    ("topic", "value", "key_id", "secret"),
    [
        ("crowd.reports", REPORT, "room", SECRET),
        ("operator.commands", ORDER, "gateway:sms", OTHER),
        (
            "operator.commands",
            json.dumps(command(actor={"id": "x", "role": "propam"})).encode(),
            "room",
            SECRET,
        ),
        (
            "crowd.reports",
            json.dumps(report(source={"id": "x", "role": "polsek"})).encode(),
            "gateway:sms",
            OTHER,
        ),
    ],
)
def test_a_right_signature_does_not_open_every_door(
    topic: str, value: bytes, key_id: str, secret: str
) -> None:
    """Another topic, another role: a citizens' gateway cannot speak as the police."""
    verdict = SIGNED.accept(record(topic, value, signature(value, key_id, secret)))
    assert isinstance(verdict, DeadLettered), verdict
    assert DeadLetterReason.FORBIDDEN is verdict.reason


def test_without_keys_signatures_are_not_looked_at() -> None:
    """Off until configured."""
    assert not NO_PRODUCERS.asks
    headers: Headers = (("siaga-signature", b"anything"),)
    assert isinstance(acceptor().accept(record("crowd.reports", REPORT, headers)), Journaled)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("must_sign = [", "TOML"),
        ("must_sign = " + "9" * 5000, "TOML: must_sign: found a number of 5000 digits"),
        ("must_sign = 5", "must_sign"),
        ('secret = "x"', "secret"),
        ('must_sign = ["tps.stats"]', "tps.status"),
        (f'[producers.x]\nsecret = "{SECRET}"\ntopics = ["siaga.journal"]', "siaga.journal"),
        (f'[producers.x]\nsecret = "{SECRET}"\nroles = ["camat"]', "camat"),
        ('[producers.x]\nsecret = "5a5a"', "secret"),
        ('[producers.x]\nsecret = "TopSecretTopSecret"', "secret"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(text: str, expected: str) -> None:
    """Field and what was expected, and never the secret itself."""
    with pytest.raises(ConfigError, match=expected) as caught:
        parse_producers(text)
    assert "TopSecret" not in str(caught.value)


def test_no_secret_is_printed() -> None:
    """Settings are printed and logged."""
    assert SECRET not in repr(parse_producers(FILE))


def test_the_example_of_the_reference_is_a_file() -> None:
    """What a reader copies from the page works."""
    page = (ROOT / "docs" / "reference" / "dead-letters.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    assert {"control-room"} == parse_producers(example).producers.keys()
