"""Logging in, by password or by the identity provider; who is logged in; logging out."""

import logging
from math import ceil
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.room.documents import Session
from streams.room.entry import Attempt, Denied
from streams.room.guard import is_from_page, pay_at_door, said
from streams.room.house import Federated, House, Request
from streams.room.oidc import NotIdentifiedError, StrangerError, user_of
from streams.room.people import Asking, cookie_of
from streams.room.rights import ENDPOINTS, commands_of, may
from streams.room.sessions import forgotten, kept
from streams.room.users import User
from streams.web.message import Answer, Incoming, json_answer, refused
from streams.web.refusal import Reason, Refusal

__all__ = ["SessionApi", "session_of"]

_WRONG: Final = Text("Nama atau kata sandi salah.", "Wrong name or password.")
_WAIT: Final = Text(
    "Terlalu banyak percobaan. Tunggu sebentar, lalu coba lagi.",
    "Too many attempts. Wait a moment, and try again.",
)
_STRANGE: Final = Text(
    "Permintaan ini tidak datang dari halaman Siaga. Muat ulang halaman.",
    "This request does not come from Siaga's page. Load the page again.",
)
_log: Final = logging.getLogger(__name__)
_HOME: Final = "/"
_FAILED: Final = "/login?oidc=failed"


_STRANGER: Final = Answer(
    403,
    """<!doctype html><html lang="id"><meta charset="utf-8"><title>Siaga</title>
<h1>Anda belum terdaftar di ruang kendali ini</h1>
<p>Penyedia identitas mengenal Anda, tetapi tidak ada pengguna Siaga dengan identitas itu.
Minta pengelola pengguna mendaftarkannya.</p>
<p lang="en">The identity provider knows you, but no user of this control room has that identity.
Ask whoever manages its users to add it.</p>
<p><a href="/login">Masuk dengan cara lain · Log in another way</a></p></html>
""".encode(),
    "text/html; charset=utf-8",
    reason=Reason.FORBIDDEN,
)
"""A page of its own: a browser that comes back from elsewhere shows whatever it is answered."""


class _Form(Struct, frozen=True):
    user: str
    password: str


def session_of(house: House, asking: Asking) -> Session:
    """Return who somebody is, and what the page may offer him."""
    person, ticket = asking.person, asking.ticket
    sessions, now = house.people.sessions, house.times.wall_ms()
    ends_at = (
        now if asking.user is None or ticket is None else sessions.ends_at(ticket, asking.user)
    )
    return Session(
        user=person.user,
        name=person.name,
        role=person.role,
        area=person.area,
        language=person.language,
        may=commands_of(person.role) if may(person, ENDPOINTS["command"]) else (),
        may_triage=may(person, ENDPOINTS["triage"]),
        may_report=may(person, ENDPOINTS["report"]),
        may_letters=may(person, ENDPOINTS["letters"], has_all=house.has_all(person)),
        csrf="" if ticket is None else sessions.csrf(ticket),
        expires_ms=ends_at,
        borders=house.borders.levels,
        version=house.version(),
    )


class SessionApi:
    """Handlers of sessions."""

    def __init__(self, house: House) -> None:
        """Share the house."""
        self._house = house

    async def log_in(self, incoming: Incoming) -> Answer:
        """Let somebody in who knows a password."""
        house = self._house
        try:
            pay_at_door(house, incoming)
            form = _form_of(incoming)
        except Refusal as refusal:
            return refused(refusal)
        if not is_from_page(incoming, house.settings.public_url):
            return said(403, Reason.FORBIDDEN, _STRANGE)
        attempt = Attempt(form.user, form.password, incoming.address)
        found = await house.entry.enter(house.people.users, attempt, house.times.steady_s())
        if isinstance(found, Denied):
            if found.wait_s <= 0:
                return said(401, Reason.SIGNATURE, _WRONG)
            wait = (("retry-after", str(ceil(found.wait_s))),)
            return replace(said(429, Reason.RATE, _WAIT), headers=wait)
        begun = self._begun(found.id, found.user)
        if begun is None:
            return said(401, Reason.SIGNATURE, _WRONG)
        answer = json_answer(200, session_of(house, begun[0]))
        return replace(answer, headers=(("set-cookie", begun[1]),))

    async def show(self, request: Request) -> Answer:
        """Say who is logged in."""
        return json_answer(200, session_of(self._house, request.asking))

    async def log_out(self, request: Request) -> Answer:
        """Let somebody go."""
        people = self._house.people
        if request.asking.ticket is not None:
            people.leave(request.asking.ticket)
        return Answer(204, headers=(("set-cookie", forgotten(secure=people.secure)),))

    async def oidc_start(self, incoming: Incoming) -> Answer:
        """Send somebody to the identity provider."""
        try:
            pay_at_door(self._house, incoming)
            federated = self._federated()
            address, waiting = await federated.provider.start()
        except Refusal as refusal:
            return refused(refusal)
        except NotIdentifiedError as error:
            return _failed(error)
        secure = self._house.people.secure
        return _sent(address, federated.waiting.kept(waiting, secure=secure))

    async def oidc_callback(self, incoming: Incoming) -> Answer:
        """Let somebody in whom the identity provider knows."""
        house, people = self._house, self._house.people
        try:
            pay_at_door(house, incoming)
            federated = self._federated()
        except Refusal as refusal:
            return refused(refusal)
        cookie = cookie_of(incoming, federated.waiting.name(secure=people.secure))
        waiting = federated.waiting.read(cookie, house.times.wall_ms())
        done = federated.waiting.forgotten(secure=people.secure)
        try:
            identity = await federated.provider.finish(incoming.query, waiting)
            oidc = house.settings.oidc
            assert oidc is not None, "there is a provider"
            id_, user = user_of(people.users, identity, oidc.claim)
        except StrangerError as error:
            _log.warning("oidc: %s", error)
            return replace(_STRANGER, headers=(("set-cookie", done),))
        except NotIdentifiedError as error:
            return _failed(error, done)
        begun = self._begun(id_, user)
        assert begun is not None, "he was a user a moment ago"
        return _sent(_HOME, done, begun[1])

    def _begun(self, id_: str, user: User) -> tuple[Asking, str] | None:
        """Begin a session; return it, and the header by which the browser keeps it.

        None: meanwhile he has another password, or is a user no more.
        """
        house, people = self._house, self._house.people
        now = house.times.wall_ms()
        ticket = people.sessions.begin(id_, user, now, house.unique())
        ends_at = people.sessions.ends_at(ticket, user)
        cookie = kept(people.sessions.cookie(ticket), now, ends_at, secure=people.secure)
        asking = people.session(ticket, now)
        return None if asking is None else (asking, cookie)

    def _federated(self) -> Federated:
        if self._house.federated is None:
            raise Refusal(Reason.UNKNOWN)
        return self._house.federated


def _form_of(incoming: Incoming) -> _Form:
    try:
        return msgspec.json.decode(incoming.body, type=_Form)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal(Reason.SCHEMA, "expected user and password") from error


def _failed(error: NotIdentifiedError, *cookies: str) -> Answer:
    """Send somebody back to the login, and say in the log why he was not identified."""
    _log.warning("oidc: %s", error)
    return _sent(_FAILED, *cookies)


def _sent(address: str, *cookies: str) -> Answer:
    headers = (("location", address), *(("set-cookie", one) for one in cookies))
    return Answer(303, headers=headers)
