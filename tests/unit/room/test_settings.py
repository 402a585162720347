"""The file of `room_file`: what it may say, and what is refused."""

from pathlib import Path

import pytest

from streams.errors import ConfigError
from streams.room.settings import (
    OidcClaim,
    OidcSettings,
    RoomSettings,
    parse_settings,
    read_settings,
    session_secrets,
)

WHOLE = """
public_url = "https://posko.example"
session_secret_file = "session.secret"
idle_minutes = 20
day_hours = 18
proxies = ["10.0.0.1"]
producer_key = "room-1"
access_log = "all"
[tls]
certificate_file = "cert.pem"
key_file = "key.pem"
[limits]
streams = 300
[oidc]
issuer = "https://id.example/realms/polri"
client_id = "siaga"
client_secret_env = "OIDC_SECRET"
claim = "email"
"""


def test_without_a_file_the_defaults_hold() -> None:
    """Half an hour, twelve hours, no identity provider, no TLS of its own."""
    settings = read_settings("")
    assert RoomSettings() == settings
    assert (30, 12) == (settings.lasting.idle_minutes, settings.lasting.day_hours)
    assert not settings.is_secure


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    """Every table of it."""
    file = tmp_path / "room.toml"
    file.write_text(WHOLE, encoding="utf-8")
    settings = read_settings(str(file))
    assert (20, 18, 300) == (settings.idle_minutes, settings.day_hours, settings.limits.streams)
    assert settings.is_secure
    assert settings.oidc is not None
    assert (OidcClaim.EMAIL, ("openid", "email")) == (settings.oidc.claim, settings.oidc.scopes)


def test_a_proxy_that_speaks_tls_makes_cookies_secure() -> None:
    """The room itself may speak plainly behind it."""
    assert RoomSettings(public_url="https://posko.example").is_secure
    assert not RoomSettings(public_url="http://posko.example").is_secure


OIDC = '[oidc]\nissuer = "https://id.example"\nclient_id = "siaga"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= 1", "room.toml: not TOML"),
        ("\nidle_minutes = " + "9" * 5000, "idle_minutes: found a number of 5000 digits, expected"),
        ("day_hours = [" + "[" * 2000 + "]" * 2000, "room.toml: not TOML: found values nested too"),
        ("idle_minute = 5", "did you mean idle_minutes?"),
        ("[limits]\nstream = 5", "did you mean streams?"),
        ("idle_minutes = 0", "idle_minutes"),
        ("day_hours = 200", "day_hours"),
        ('public_url = "posko.example"', "public_url: expected as https://posko.example"),
        ('public_url = "https://posko.example/siaga"', "public_url: expected as"),
        (OIDC, "oidc: needs `public_url`"),
        (
            'public_url = "https://a"\n' + OIDC.replace("https:", "http:"),
            "issuer: expected an https URL",
        ),
        ('public_url = "https://a"\n' + OIDC + 'scopes = ["email"]', "expected openid among them"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, message: str) -> None:
    """With the file, the field and what was expected."""
    with pytest.raises(ConfigError, match=message.replace("?", r"\?")):
        parse_settings(text, "room.toml")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Missing, or no text."""
    with pytest.raises(ConfigError, match="cannot be read"):
        read_settings(str(tmp_path / "none.toml"))
    (tmp_path / "room.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="expected UTF-8"):
        read_settings(str(tmp_path / "room.toml"))


def test_the_secrets_of_sessions_are_long(tmp_path: Path) -> None:
    """One, or two while one is replaced; none where none is named."""
    assert () == session_secrets(RoomSettings(), {})
    file = tmp_path / "session.secret"
    settings = RoomSettings(session_secret_file=str(file))
    file.write_text("n" * 32 + "\n" + "o" * 40 + "\n", encoding="utf-8")
    assert ["n" * 32, "o" * 40] == [one.reveal() for one in session_secrets(settings, {})]
    file.write_text("n" * 32 + "\nshort", encoding="utf-8")
    with pytest.raises(ConfigError, match="session_secret: expected at least 32 characters"):
        session_secrets(settings, {})
    by_variable = RoomSettings(session_secret_env="SECRET")
    assert ["s" * 32] == [
        one.reveal() for one in session_secrets(by_variable, {"SECRET": "s" * 32})
    ]


def test_the_defaults_of_an_identity_provider() -> None:
    """The subject, for an address may be given to somebody else."""
    assert OidcClaim.SUBJECT is OidcSettings(issuer="https://id.example", client_id="siaga").claim
