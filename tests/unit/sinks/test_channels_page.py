"""The page of channels and the example file say what there is, and what they show works."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from streams.delivery.policy import Limit
from streams.sinks.channel_settings import ChannelSettings, HttpSettings
from streams.sinks.channels import build_channels
from streams.sinks.http_template import Values, check_template, filled
from streams.sinks.settings import CHANNEL_TYPES, NotifySettings, parse_notify
from tests.support.snippets import DOCS, fenced

PAGE: Final = (DOCS / "reference" / "channels.md").read_text("utf-8")
EXAMPLE: Final = (DOCS.parent / "deploy" / "notify.example.toml").read_text("utf-8")
WORDS: Final = tuple(str(one.__struct_config__.tag) for one in CHANNEL_TYPES)
BODIES: Final = {
    "https://webapigw.ocatelkom.co.id/sms/v2/sms": b'{"phone":"62812","message":"Halo & \\"x\\""}',
    "https://console.zenziva.net/reguler/api/sendsms/": (
        b"userkey=0123456789ab&passkey=s3&to=62812&message=Halo+%26+%22x%22"
    ),
    "https://graph.facebook.com/v23.0/123456789012345/messages": (
        b'{"messaging_product":"whatsapp","to":"62812","type":"template","template":'
        b'{"name":"siaga_perlu_dicek","language":{"code":"id"},"components":[{"type":"body",'
        b'"parameters":[{"type":"text","text":"Halo & \\"x\\""}]}]}}'
    ),
    "https://api.fonnte.com/send": b"target=62812&message=Halo+%26+%22x%22&countryCode=0",
}


def rows(table_of: str) -> Iterator[list[str]]:
    """Walk the cells of all rows of the page whose first cell names something."""
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and f"`{table_of}`" in cells[0]:
            yield cells


def said(limits: tuple[Limit, ...]) -> str:
    """Return limits as the page has them: `5 in 15 min, 11 in 1 h`."""
    words = [f"{one.count} in {span(one.within_s)}" for one in limits]
    return ", ".join(words) or "none"


def span(seconds: float) -> str:
    """Return how long that is: `5 s`, `15 min`, `3 h`."""
    for size, unit in ((3_600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"{seconds // size:g} {unit}"
    return f"{seconds:g} s"


@pytest.mark.parametrize("settings", CHANNEL_TYPES, ids=WORDS)
def test_every_setting_is_on_the_page(settings: type[ChannelSettings]) -> None:
    """In a table, or in the text of its type."""
    assert [] == [name for name in settings.__struct_fields__ if f"`{name}`" not in PAGE]


def test_every_setting_of_the_file_is_on_the_page() -> None:
    """Sections by the form that they have."""
    named = {"channels": "[channels.NAME]", "mirrors": "[mirrors.NAME]"}
    words = [named.get(name, name) for name in NotifySettings.__struct_fields__]
    assert [] == [word for word in words if f"`{word}`" not in PAGE]


@pytest.mark.parametrize("settings", CHANNEL_TYPES, ids=WORDS)
def test_the_numbers_on_the_page_are_those_of_the_code(settings: type[ChannelSettings]) -> None:
    """Limits, how many at once, and how long."""
    word = str(settings.__struct_config__.tag)
    [numbers] = [cells[1:] for cells in rows(word) if len(cells) == 8]
    usual = settings.usual
    assert [
        *(said(limits) for limits in (usual.calls, usual.informs, usual.each, usual.overall)),
        *(f"{number:g}" for number in (usual.at_once, usual.timeout_s, usual.give_up_s)),
    ] == numbers


@pytest.mark.parametrize("url", BODIES)
def test_the_examples_of_gateways_say_what_a_gateway_wants(url: str) -> None:
    """Filled in with a message that has signs of every kind of body in it."""
    found = [one for text in fenced(PAGE, "toml") for one in parse_notify(text).channels.values()]
    [gateway] = [one for one in found if isinstance(one, HttpSettings) and one.url == url]
    check_template("page", gateway)
    values = Values(target="+62 812", text='Halo & "x"', subject="s", key="k", secret="s3")
    assert BODIES[url] == filled(gateway, values).body


@pytest.mark.parametrize(
    ("url", "taken", "not_taken"),
    [
        ("webapigw", ['{"status":"sent"}', '{ "status": "sent" }'], ['{"errors": []}']),
        ("zenziva", ['{"status":"1","text":"x"}', '{"status": 1}'], ['{"status":"10"}']),
        ("fonnte", ['{"status": true}'], ['{"status":false}']),
    ],
)
def test_the_examples_know_a_success(url: str, taken: list[str], not_taken: list[str]) -> None:
    """From an answer of 200 that is none."""
    found = [one for text in fenced(PAGE, "toml") for one in parse_notify(text).channels.values()]
    [gateway] = [one for one in found if isinstance(one, HttpSettings) and url in one.url]
    pattern = re.compile(gateway.success_pattern)
    assert (taken, []) == (
        [text for text in taken if pattern.search(text)],
        [text for text in not_taken if pattern.search(text)],
    )


def test_the_example_file_can_be_used(tmp_path: Path) -> None:
    """With secrets in the places that it names; it has a channel of every type."""
    for name in ("telegram.token", "sms.token", "mail.password"):
        (tmp_path / name).write_text("it opens everything")
    (tmp_path / "webhook.secret").write_text("whsec_" + "c2VjcmV0" * 5)
    (tmp_path / "answer.key").write_text("5a" * 32)
    settings = parse_notify(EXAMPLE.replace("/etc/siaga", str(tmp_path)))
    channels = build_channels(settings)
    assert set(WORDS) == {channel.type for channel in channels.values()}
    assert ["latihan"] == [name for name, one in settings.channels.items() if one.drill]
