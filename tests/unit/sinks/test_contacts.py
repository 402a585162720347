"""Contacts and channels held against each other, before the day."""

import pytest
from msgspec.structs import replace

from streams.sinks.contacts import check_contacts, ways_of
from streams.sinks.settings import parse_notify
from streams.territory.fault import FaultSeverity
from streams.territory.plan import Contact, Way
from tests.support.notices import contact
from tests.support.world import plan

SETTINGS = parse_notify(
    """
[channels.sms]
type = "http"
url = "https://sms.example.invalid/"
body = {to = "${digits}"}
[channels.chat]
type = "http"
url = "https://chat.example.invalid/${target}"
[channels.telegram]
type = "telegram"
[channels.mail]
type = "smtp"
host = "mail.example.invalid"
sender = "posko@example.invalid"
[channels.webhook]
type = "webhook"
[channels.cap]
type = "cap"
sender = "siaga.example.invalid"
[channels.berkas]
type = "file"
path = "notices.jsonl"
[channels.latihan]
type = "stdout"
drill = true
"""
)
SECRET = "somebody's address"


def told(*contacts: Contact) -> list[str]:
    """Return the faults of a folder with these contacts."""
    return [str(one) for one in check_contacts(SETTINGS, replace(plan(), contacts=contacts))]


def by(channel: str, target: str) -> Contact:
    """Return a contact of the Polsek who is told by a channel."""
    return replace(contact("OPS/polsek", area="36.04", channel=channel), target=target)


@pytest.mark.parametrize(
    ("channel", "target"),
    [
        ("sms", "+62 812-0000-1111"),
        ("sms", "0812000011"),
        ("chat", "anything"),
        ("telegram", "-1001234567890"),
        ("telegram", "-1001234567890/45"),
        ("telegram", "@posko_serang"),
        ("mail", "piket@polri.example.invalid"),
        ("webhook", "https://notify.example.invalid/piket"),
        ("cap", "file:/var/spool/cap"),
        ("berkas", "anything"),
    ],
)
def test_a_target_that_its_channel_understands_is_no_fault(channel: str, target: str) -> None:
    """Whatever else it is."""
    assert [] == told(by(channel, target))


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("sms", "a telephone number"),
        ("telegram", "the id of a chat, or CHAT/TOPIC"),
        ("mail", "the address of one mailbox"),
        ("webhook", "an address as https://…"),
        ("cap", "an address as https://…, or file: and a folder"),
    ],
)
def test_a_target_that_its_channel_does_not_understand_is(channel: str, expected: str) -> None:
    """It is not repeated: it may be somebody's address all the same."""
    found = f"found another target for {channel}, expected {expected}"
    assert [f"contacts.toml: OPS/polsek@36.04/1: {found}"] == told(by(channel, SECRET))


def test_a_channel_that_nobody_has_configured_is_a_fault() -> None:
    """Else nobody is told, and it is found on election day."""
    [fault] = told(by("whatsapp", "+62812"))
    assert fault.startswith(
        "contacts.toml: OPS/polsek@36.04/1: found 'whatsapp', expected a channel that notify_file"
        " has: sms, chat, telegram"
    )


def test_fallbacks_are_looked_at_as_well() -> None:
    """They are needed when something has failed already."""
    one = replace(by("sms", "+6281200"), fallback=(Way("mail", SECRET), Way("radio", "7")))
    assert 2 == len(told(one))
    assert ["sms", "mail", "radio"] == [way.channel for way in ways_of(one)]


def test_who_has_ways_for_drills_alone_hears_of_nothing_real() -> None:
    """It can be meant so, so it is a warning; a way for what is real beside it is enough."""
    only = by("latihan", "")
    both = replace(by("sms", "+6281200"), fallback=(Way("latihan", ""),))
    [fault] = check_contacts(SETTINGS, replace(plan(), contacts=(only,)))
    assert FaultSeverity.WARNING is fault.severity
    assert [] == told(both)
