"""Contacts and channels held against each other: is everybody whom the folder names reachable?"""

import re
from collections.abc import Iterator
from typing import Final

from streams.sinks.cap import is_target
from streams.sinks.cap_settings import CapSettings
from streams.sinks.channel_settings import (
    ChannelSettings,
    HttpSettings,
    SmtpSettings,
    TelegramSettings,
    WebhookSettings,
)
from streams.sinks.settings import NotifySettings
from streams.sinks.smtp import is_address
from streams.territory.directory import Directory, Listed
from streams.territory.fault import Fault, Faults
from streams.territory.plan import Contact, Plan, Way

__all__ = ["check_contacts", "listed_of", "ways_of"]

_FILE: Final = "contacts.toml"
_URL: Final = re.compile(r"https?://[^\s]+")
_CHAT: Final = re.compile(r"(-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,})(/[0-9]{1,10})?")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 .-]{4,20}")


def ways_of(contact: Contact) -> tuple[Way, ...]:
    """Return the ways to a contact in the order in which they are tried, its own first."""
    return (Way(contact.channel, contact.target), *contact.fallback)


def listed_of(plan: Plan) -> Iterator[Listed]:
    """Walk the contacts of a folder with the names by which notices call them."""
    for areas in Directory.of(plan.contacts).by_post.values():
        for there in areas.values():
            yield from there


def check_contacts(settings: NotifySettings, plan: Plan) -> tuple[Fault, ...]:
    """Return what keeps contacts from being told; targets are never repeated.

    Channels that are there for drills alone leave a contact without a way for what is real.
    """
    faults = Faults(_FILE)
    for listed in listed_of(plan):
        ways = ways_of(listed.contact)
        for way in ways:
            _check_way(faults, str(listed.destination), way, settings)
        channels = [settings.channels.get(way.channel) for way in ways]
        if all(one is not None and one.drill for one in channels):
            faults.warning(
                0, str(listed.destination), "channels for drills alone", "one for what is real"
            )
    return tuple(faults.noted)


def _check_way(faults: Faults, destination: str, way: Way, settings: NotifySettings) -> None:
    channel = settings.channels.get(way.channel)
    if channel is None:
        known = ", ".join(settings.channels) or "none is"
        faults.quoted(0, destination, way.channel, f"a channel that notify_file has: {known}")
        return
    expected = _expected(channel, way.target)
    if expected:
        faults.error(0, destination, f"another target for {way.channel}", expected)


def _expected(channel: ChannelSettings, target: str) -> str:
    """Return what the target of a channel should be; empty: it is that."""
    match channel:
        case WebhookSettings() if not _URL.fullmatch(target):
            return "an address as https://…"
        case TelegramSettings() if not _CHAT.fullmatch(target):
            return "the id of a chat, or CHAT/TOPIC"
        case SmtpSettings() if not is_address(target):
            return "the address of one mailbox"
        case CapSettings() if not is_target(target):
            return "an address as https://…, or file: and a folder"
        case HttpSettings() if _dials(channel) and not _PHONE.fullmatch(target):
            return "a telephone number"
        case _:
            return ""


def _dials(channel: HttpSettings) -> bool:
    """Tell whether a gateway is given digits of the target: then it is a telephone number."""
    return "${digits}" in f"{channel.url} {channel.headers} {channel.body}"
