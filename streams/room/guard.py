"""Before a handler: who asks, may he, does his browser mean it, and not too often.

    request ─► who? ─► may he ask for this? ─► CSRF ─► pace ─► handler ─► answer
                  401            401, 403        403    429

Every door of the room goes through here with its line of the table (`streams.room.rights`).

A session ends some time after the last step of its person. A page asks for much by itself, so a
step is what changes something, and what the page says that a person has caused.
"""

from collections.abc import Callable, Coroutine
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from streams.domain.alert import Text
from streams.room.house import House, Request
from streams.room.people import Asking
from streams.room.rights import AreaCheck, Endpoint, Person, may
from streams.room.sessions import kept
from streams.web.buckets import Load, Pace
from streams.web.message import Answer, Incoming, problem_answer, refused
from streams.web.refusal import Problem, Reason, Refusal

__all__ = [
    "Handler",
    "LogInProblem",
    "barred",
    "guarded",
    "is_from_page",
    "pay",
    "pay_at_door",
    "said",
]


class LogInProblem(Problem, frozen=True, omit_defaults=True):
    """Nobody is logged in; how he may, so that the page shows what leads there."""

    oidc: bool = False
    """By the identity provider as well, at `/api/v1/oidc/start`."""
    oidc_title: str = ""
    """How people call it."""


Handler = Callable[[Request], Coroutine[object, object, Answer]]

_CSRF: Final = "x-siaga-csrf"
_STEP: Final = "x-siaga-step"
_UNKNOWN: Final = Text("Silakan masuk dulu.", "Please log in first.")
_FORBIDDEN: Final = Text("Peran Anda tidak berwenang untuk ini.", "Your role does not allow this.")
_NARROW: Final = Text(
    "Token ini tidak membuka bagian ini: lingkupnya {scopes}.",
    "This token does not open this: its scopes are {scopes}.",
)
_STRANGE: Final = Text(
    "Permintaan ini tidak datang dari halaman Siaga. Muat ulang halaman.",
    "This request does not come from Siaga's page. Load the page again.",
)


def guarded(
    house: House, endpoint: Endpoint, handler: Handler
) -> Callable[[Incoming], Coroutine[object, object, Answer]]:
    """Return a door's handler for one that needs to know who asks."""

    async def handle(incoming: Incoming) -> Answer:
        asking = house.people.ask(incoming, house.times.wall_ms())
        problem = barred(house, endpoint, incoming, asking)
        if problem is not None:
            return problem
        assert asking is not None, "who is not known is barred"
        try:
            answer = await handler(Request(incoming, asking))
        except Refusal as refusal:
            answer = refused(refusal)
        if not (endpoint.changes or incoming.header(_STEP) == "1"):
            return answer
        return replace(answer, headers=(*answer.headers, *_stepped(house, asking)))

    return handle


def said(status: int, reason: Reason, text: Text) -> Answer:
    """Return a problem with words of its own."""
    return problem_answer(Problem(status, reason, text.en, text))


def _log_in_first(house: House) -> Answer:
    oidc = house.settings.oidc
    return problem_answer(
        LogInProblem(
            401,
            Reason.SIGNATURE,
            _UNKNOWN.en,
            _UNKNOWN,
            oidc=oidc is not None,
            oidc_title="" if oidc is None else oidc.title,
        )
    )


def pay(house: House, incoming: Incoming, asking: Asking | None, weight: int = 1) -> None:
    """Count a request against the pace of who asks, or of the address that he asks from.

    A program has a pace of its own: it must not starve the person whose token it has.

    Args:
        house: Has the buckets.
        incoming: The request.
        asking: None: nobody is known.
        weight: As how many requests it counts. Who is not known is let in nowhere, so his are one.

    Raises:
        Refusal: `rate`.
    """
    if asking is None:
        _take(house, f"address:{incoming.address}")
    elif asking.token:
        _take(house, f"token:{asking.token}", weight)
    else:
        _take(house, f"user:{asking.person.user}", weight)


def pay_at_door(house: House, incoming: Incoming) -> None:
    """Count a try to log in against the pace of its address, at which nothing else counts.

    Raises:
        Refusal: `rate`.
    """
    _take(house, f"door:{incoming.address}")


def _take(house: House, key: str, weight: int = 1) -> None:
    limits = house.settings.limits
    pace = Pace(limits.requests_per_s, limits.burst)
    wait_s = house.buckets.take(key, Load(weight), pace, house.times.steady_s())
    if wait_s > 0:
        raise Refusal(Reason.RATE, retry_after_s=wait_s)


def is_from_page(incoming: Incoming, public_url: str) -> bool:
    """Tell whether a request comes from our own page, as far as its browser says from where."""
    origin = incoming.header("origin")
    if not origin:
        return incoming.header("sec-fetch-site") in {"", "same-origin"}
    if public_url:
        return origin == public_url.rstrip("/")
    return urlsplit(origin).netloc == incoming.header("host")


def barred(
    house: House, endpoint: Endpoint, incoming: Incoming, asking: Asking | None
) -> Answer | None:
    """Return why a request is not answered; None: it is."""
    public_url = house.settings.public_url
    try:
        pay(house, incoming, asking, endpoint.weight)
    except Refusal as refusal:
        return refused(refusal)
    if asking is None:
        return _log_in_first(house)
    has_all = endpoint.area is AreaCheck.EVERYWHERE and house.has_all(asking.person)
    if not may(asking.person, endpoint, has_all=has_all):
        is_narrow = may(replace(asking.person, scopes=None), endpoint, has_all=has_all)
        return said(403, Reason.FORBIDDEN, _narrow(asking.person) if is_narrow else _FORBIDDEN)
    if endpoint.changes and asking.ticket is not None:
        is_meant = house.people.sessions.is_csrf(asking.ticket, incoming.header(_CSRF))
        is_ours = bool(incoming.header("origin")) and is_from_page(incoming, public_url)
        if not (is_meant and is_ours):
            return said(403, Reason.FORBIDDEN, _STRANGE)
    return None


def _narrow(person: Person) -> Text:
    """Return that not the role, but the token is what does not allow something."""
    scopes = ", ".join(sorted(person.scopes or ()))
    return Text(_NARROW.id.format(scopes=scopes), _NARROW.en.format(scopes=scopes))


def _stepped(house: House, asking: Asking) -> tuple[tuple[str, str], ...]:
    """Return the header by which the idle time begins anew."""
    if asking.ticket is None or asking.user is None:
        return ()
    people, now = house.people, house.times.wall_ms()
    ticket = people.sessions.stepped(asking.ticket, asking.user, now)
    # Who has logged out just now gets no cookie again.
    if ticket is None or people.session(asking.ticket, now) is None:
        return ()
    ends_at = people.sessions.ends_at(ticket, asking.user)
    cookie = kept(people.sessions.cookie(ticket), now, ends_at, secure=people.secure)
    return (("set-cookie", cookie),)
