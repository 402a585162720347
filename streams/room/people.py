"""Who asks: a user by the cookie of his session, a program by a token, or nobody we know."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from streams.domain.times import EpochMs
from streams.room.entry import person_of
from streams.room.rights import Person
from streams.room.sessions import Sessions, Ticket, cookie_name
from streams.room.tokens import TokenIndex, bearer_of, token_hash
from streams.room.users import User, Users
from streams.web.message import Incoming

__all__ = ["Asking", "People", "cookie_of"]

_LEFT_MAX: Final = 20_000


class Asking(Struct, frozen=True):
    """Somebody who is known."""

    person: Person
    ticket: Ticket | None = None
    """Of the session; None: he comes with a token."""
    user: User | None = None
    """Of the session."""
    token: str = ""
    """Hash of the token that he comes with; empty: it is a session."""


class People:
    """The users as they are now, and what shows who they are."""

    def __init__(self, users: Callable[[], Users], sessions: Sessions, *, secure: bool) -> None:
        """Ask for the users each time: their file may change."""
        self._users = users
        self._index = (users(), TokenIndex(users()))
        self._left: dict[str, None] = {}
        """Sessions that were logged out here."""
        self.sessions = sessions
        self.secure = secure

    @property
    def users(self) -> Users:
        """All users, now."""
        return self._users()

    def ask(self, incoming: Incoming, now: EpochMs) -> Asking | None:
        """Return who asks; None: nobody who is known, or no more."""
        bearer = bearer_of(incoming.header("authorization"))
        if bearer:
            return self._by_token(token_hash(bearer), now)
        ticket = self.sessions.read(cookie_of(incoming, cookie_name(secure=self.secure)))
        return None if ticket is None else self.session(ticket, now)

    def session(self, ticket: Ticket, now: EpochMs) -> Asking | None:
        """Return whose session this is; None: it has ended."""
        user = self.users.by_id.get(ticket.user)
        if ticket.unique in self._left or self.sessions.ended(ticket, user, now) is not None:
            return None
        assert user is not None, "a session of nobody has ended"
        return Asking(person_of(ticket.user, user), ticket, user)

    def is_there(self, asking: Asking, now: EpochMs) -> bool:
        """Tell whether somebody who was known still is, as the same one and not idle too long."""
        ticket, token = asking.ticket, asking.token
        found = self._by_token(token, now) if ticket is None else self.session(ticket, now)
        return found is not None and found.person == asking.person

    def leave(self, ticket: Ticket) -> None:
        """Forget a session that was logged out."""
        self._left[ticket.unique] = None
        while len(self._left) > _LEFT_MAX:
            del self._left[next(iter(self._left))]

    def _by_token(self, hash_: str, now: EpochMs) -> Asking | None:
        person = self._tokens().person(hash_, now)
        return None if person is None else Asking(person, token=hash_)

    def _tokens(self) -> TokenIndex:
        users = self._users()
        if users is not self._index[0]:
            self._index = (users, TokenIndex(users))
        return self._index[1]


def cookie_of(incoming: Incoming, name: str) -> str:
    """Return the value of a cookie; empty: there is none of this name.

    The header is cut by hand, as browsers read it: what another program on this host has put beside
    ours may be of any form. Of two of one name a browser sends the one of `/`, which ours is, last.
    """
    pairs = (one.partition("=") for one in incoming.header("cookie").split(";"))
    found = {key.strip(): value.strip() for key, _, value in pairs}
    return found.get(name, "")
