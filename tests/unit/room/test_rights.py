"""Who may do what: the code is the page, and the page is the contract."""

from typing import Final

import pytest

from streams.alerts.authority import refusal
from streams.domain.alert import Ladder
from streams.domain.events import ActorRole, CommandKind
from streams.domain.words import Severity
from streams.room.rights import (
    ENDPOINTS,
    PEOPLE,
    AreaCheck,
    Concern,
    Endpoint,
    Person,
    commands_of,
    may,
    may_act,
)
from streams.room.sight import Shade, Sight, sees
from streams.room.users import Scope
from tests.support.books import alert_on
from tests.unit.room.matrix import (
    AREA,
    EVERYTHING,
    INSIDE,
    NOBODY,
    OUTSIDE,
    Outcome,
    cases,
    command_table,
    endpoint_table,
)


def person(role: ActorRole, area: str = AREA, scopes: frozenset[Scope] | None = None) -> Person:
    """Return somebody of a role."""
    return Person(user="a", name="A", role=role, area=area, scopes=scopes)


OUTSIDE_BY: Final = {
    AreaCheck.NONE: Outcome.TAKEN,
    AreaCheck.LEFT_OUT: Outcome.EMPTY,
    AreaCheck.HIDDEN: Outcome.HIDDEN,
    AreaCheck.REFUSED: Outcome.FORBIDDEN,
}


def outcome_of(endpoint: Endpoint, asks: Person | None, place: str) -> Outcome:
    """Return what the code lets come of a request."""
    if not may(asks, endpoint, has_all=asks is not None and asks.area in {"", EVERYTHING}):
        return Outcome.FORBIDDEN if asks else Outcome.UNKNOWN
    is_inside = asks is None or sees(Sight(asks.role, asks.area), Shade(place))
    return Outcome.TAKEN if is_inside else OUTSIDE_BY[endpoint.area]


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_field_of_the_matrix(name: str) -> None:
    """Every role, every endpoint, inside and outside: as the page says."""
    endpoint = ENDPOINTS[name]
    mine = [case for case in cases() if case.endpoint == name]
    assert {(endpoint.method, endpoint.path)} == {(case.method, case.path) for case in mine}
    found = {
        case.name: outcome_of(
            endpoint,
            None if case.role == NOBODY else person(ActorRole(case.role), case.area),
            case.place,
        )
        for case in mine
    }
    assert {case.name: case.outcome for case in mine} == found


def test_the_page_has_every_endpoint_and_its_scope() -> None:
    """None is forgotten, and what a token opens is as written."""
    assert [*ENDPOINTS] == [row.name for row in endpoint_table()]
    scopes = {name: str(one.scope or "") for name, one in ENDPOINTS.items()}
    assert scopes == {row.name: row.scope for row in endpoint_table()}


def test_no_two_endpoints_are_at_one_place() -> None:
    """The first would hide the second, with its rights."""
    places = [(one.method, one.path) for one in ENDPOINTS.values()]
    assert len(places) == len(set(places))


def test_the_page_has_every_command_as_the_contract_gives_it() -> None:
    """Of every role, in the order of the contract's words."""
    table = command_table()
    assert [*CommandKind] == [*table]
    for role in PEOPLE:
        assert tuple(kind for kind in table if role in table[kind]) == commands_of(role)


@pytest.mark.parametrize("name", [name for name, one in ENDPOINTS.items() if not one.is_open])
def test_a_token_opens_what_its_scope_says(name: str) -> None:
    """And nothing else; logging in and out is for people."""
    endpoint = ENDPOINTS[name]
    for scope in Scope:
        chief = person(ActorRole.COMMANDER, "", scopes=frozenset({scope}))
        assert (scope is endpoint.scope) is may(chief, endpoint)
    assert not may(person(ActorRole.COMMANDER, "", frozenset()), endpoint)


def test_a_token_is_no_more_than_its_user() -> None:
    """Every scope does not make a commander of a viewer."""
    wall = person(ActorRole.VIEWER, scopes=frozenset(Scope))
    opened = {name for name, one in ENDPOINTS.items() if not one.is_open and may(wall, one)}
    seen = {"stream", "snapshot", "alerts", "alert", "evidence", "picture", "curve", "tps"}
    assert seen | {"borders"} == opened


def test_what_changes_something_is_guarded() -> None:
    """Everything but reading needs the CSRF value of the session."""
    changing = {name for name, one in ENDPOINTS.items() if one.changes}
    expected = {"log_in", "log_out", "resend", "command", "report", "status"}
    assert expected == changing


@pytest.mark.parametrize("role", sorted(PEOPLE))
@pytest.mark.parametrize("ladder", Ladder)
@pytest.mark.parametrize("place", [INSIDE, OUTSIDE, AREA, "36"])
def test_the_room_refuses_whom_the_fold_refuses(
    role: ActorRole, ladder: Ladder, place: str
) -> None:
    """By role, ladder and area the two never differ: no button lies, none is missing."""
    somebody, alert = person(role), alert_on(ladder)
    for command in CommandKind:
        said = may_act(somebody, command, Concern(place, ladder))
        assert bool(refusal(somebody.actor, command, place, alert)) is (said is not None)


@pytest.mark.parametrize(
    ("role", "command", "concern", "indonesian", "english"),
    [
        (
            ActorRole.VIEWER,
            CommandKind.ACK,
            Concern(INSIDE),
            "Peran pengamat tidak berwenang memberi perintah ambil.",
            "Role viewer may not ack.",
        ),
        (
            ActorRole.LIAISON,
            CommandKind.ACK,
            Concern(INSIDE, Ladder.OPS),
            "Peran penghubung hanya menangani alarm pada tangga ADM, GAK.",
            "Role liaison acts on alerts of ADM, GAK only.",
        ),
        (
            ActorRole.OPERATOR,
            CommandKind.ACK,
            Concern(OUTSIDE, Ladder.OPS),
            f"{OUTSIDE} berada di luar wilayah tugas Anda ({AREA}).",
            f"{OUTSIDE} lies outside your area ({AREA}).",
        ),
        (
            ActorRole.OPERATOR,
            CommandKind.SHELVE,
            Concern(INSIDE, Ladder.OPS, Severity.CRITICAL),
            "Alarm kritis hanya dapat disisihkan oleh komandan.",
            "Only a commander may shelve a critical alert.",
        ),
    ],
)
def test_a_refusal_says_why_in_both_languages(
    role: ActorRole, command: CommandKind, concern: Concern, indonesian: str, english: str
) -> None:
    """In a sentence."""
    said = may_act(person(role), command, concern)
    assert said is not None
    assert (indonesian, english) == (said.id, said.en)


@pytest.mark.parametrize(
    ("role", "command", "concern"),
    [
        (ActorRole.OPERATOR, CommandKind.SHELVE, Concern(INSIDE, Ladder.OPS, Severity.HIGH)),
        (ActorRole.COMMANDER, CommandKind.SHELVE, Concern(INSIDE, Ladder.OPS, Severity.CRITICAL)),
        (ActorRole.OPERATOR, CommandKind.ACK, Concern(INSIDE, Ladder.OPS, Severity.CRITICAL)),
        (
            ActorRole.PROPAM,
            CommandKind.CLOSE_CASE,
            Concern(INSIDE, Ladder.PROP, Severity.HIGH),
        ),
        (ActorRole.OPERATOR, CommandKind.PLACE_REPORT, Concern(INSIDE)),
    ],
)
def test_what_is_his_he_may(role: ActorRole, command: CommandKind, concern: Concern) -> None:
    """Nothing is in his way; without an area he may it anywhere."""
    assert may_act(person(role), command, concern) is None
    assert may_act(person(role, area=""), command, concern) is None
