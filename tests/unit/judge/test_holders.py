"""Who has an alert: told to all who know of it, by pair, post, level or role, and never by name."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.events import Actor, ActorRole, CommandKind
from streams.domain.ids import AreaCode
from streams.domain.notice import NoticeKind
from streams.judge.holders import holder_text
from streams.judge.world import Watched, World
from streams.territory.plan import Contact
from tests.support.events import ack, command
from tests.support.notices import contact, everybody, notices
from tests.support.stories import Item, alerts_of, at, journal, judge
from tests.support.world import ELECTION, KR, plan, rules

LATE: Final = "T03@KR"


def answers(post: str, actor: str, area: str = "17.02") -> Contact:
    """Return a contact that answers as somebody."""
    return replace(contact(post, area), actor=actor)


CONTACTS: Final = (
    answers("OPS/polres_ops", "posko"),
    answers("OPS/polda", "wide", "17"),
    answers("OPS/polsek", "wide", "17.02.09"),
    answers("agency/bpbd", "bpbd-1"),
)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (Actor("A1", ActorRole.OPERATOR, "17.02"), Text("pasangan P01", "pair P01")),
        (
            Actor("N1", ActorRole.OPERATOR, "17.02"),
            Text("piket Polsek Curup", "duty post of Polsek Curup"),
        ),
        (
            Actor("posko", ActorRole.OPERATOR, "17.02"),
            Text("posko Polres Rejang Lebong", "Polres ops Rejang Lebong"),
        ),
        (Actor("wide", ActorRole.OPERATOR), Text("Polsek Curup", "Polsek Curup")),
        (Actor("bpbd-1", ActorRole.OPERATOR), Text("bpbd Rejang Lebong", "bpbd Rejang Lebong")),
        (
            Actor("budi.santoso", ActorRole.COMMANDER, "17.02"),
            Text("komandan Rejang Lebong", "commander Rejang Lebong"),
        ),
        (Actor("budi.santoso", ActorRole.OPERATOR), Text("operator", "operator")),
        (Actor("x", ActorRole.LIAISON, "Budi Santoso"), Text("penghubung", "liaison")),
    ],
    ids=lambda one: f"{one.id} of {one.area}" if isinstance(one, Actor) else "",
)
def test_a_holder_is_called_by_what_he_stands_for(actor: Actor, expected: Text) -> None:
    """The roster first, then the contact nearest to the place, then the role."""
    where = replace(plan(), contacts=CONTACTS)
    assert expected == holder_text(where, actor, KR)


def test_an_officer_of_another_kabupaten_is_none_here() -> None:
    """Ids of officers are unique in their kabupaten alone."""
    actor = Actor("F1", ActorRole.OPERATOR, "17.03")
    assert Text("operator Bengkulu Utara", "operator Bengkulu Utara") == holder_text(
        plan(), actor, KR
    )
    assert Text("pasangan P01", "pair P01") == holder_text(plan(), actor, AreaCode("17.03"))


def world_of(*contacts: Contact) -> World:
    """Return the tiny world with these contacts."""
    return World({ELECTION: Watched.of(replace(plan(), contacts=contacts), rules())})


WHERE: Final = world_of(*everybody("ADM/ppk"), answers("ADM/ppk", "ops"))
TAKEN: Final[tuple[Item, ...]] = (at("06:00"), at("07:50"), ack(LATE), at("07:51"))


def test_all_who_were_told_learn_who_has_it() -> None:
    """Every notice of the acknowledgement says it; those before it name nobody."""
    told = notices(*TAKEN, world=WHERE)
    found = [
        (str(one.destination), one.kind, telling.alert.taken_by)
        for one in told
        for telling in one.tellings
        if telling.alert.id == alerts_of(judge(journal(*TAKEN), WHERE))[LATE].id
    ]
    has = Text("PPK Rejang Lebong", "PPK Rejang Lebong")
    assert [
        ("ADM/kpps@17.02/1", NoticeKind.CALL, None),
        ("ADM/ppk@17.02/1", NoticeKind.CALL, None),
        ("ADM/kpps@17.02/1", NoticeKind.INFORM, has),
        ("ADM/ppk@17.02/1", NoticeKind.INFORM, has),
    ] == found


def test_who_takes_it_next_has_it() -> None:
    """Also after it was given back."""
    back = (command(CommandKind.UNACK, LATE), at("07:52"), ack(LATE, by="chief"), at("07:53"))
    alert = alerts_of(judge(journal(*TAKEN, *back), WHERE))[LATE]
    assert Text("komandan", "commander") == alert.taken_by
