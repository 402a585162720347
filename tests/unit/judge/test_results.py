"""What an alert of a result says: the worksheet of a tie, and no name of anybody."""

from typing import Final

from streams.authoring.events import lines_of, numbers_of
from streams.authoring.places import ELECTION, plan_of
from streams.domain.alert import Alert
from streams.domain.ids import ElectionId
from streams.judge.world import Watched, World
from streams.replay import BadLine, Replay
from streams.rules.cases import CaseWorld, RuleCase
from streams.rules.compiling import compile_pack
from streams.setup import load_pack
from streams.territory.areas import NO_AREAS
from streams.territory.loaded import Territory
from streams.wire.accept import Acceptor, AcceptSettings

READY: Final = compile_pack(load_pack("siaga", "pilkades"))
KENDALASEM: Final = {"1": 566, "2": 591}
"""Voters of the two TPS of a tie that happened. Source: domain §2."""


def alerts(dpts: dict[str, int], *events: dict[str, object]) -> dict[str, Alert]:
    """Return the alerts of a little pilkades by their rules."""
    world = CaseWorld(kind="pilkades", dpts=dpts)
    case = RuleCase(name="a", world=world, events=events, until="20:00", expect=())
    plan = plan_of(case, numbers_of(case))
    categories = frozenset(READY.pack.taxonomy)
    acceptor = Acceptor(Territory.of([plan]), NO_AREAS, categories, AcceptSettings(by_scope=True))
    replay = Replay(World({ElectionId(ELECTION): Watched.of(plan, READY)}), acceptor)
    taken = [
        one for number, line in enumerate(lines_of(case), 1) for one in replay.take(number, line)
    ]
    assert not [one for one in (*taken, *replay.finish()) if isinstance(one, BadLine)]
    return {alert.rule: alert for alert in replay.alerts}


def final(tps: str, first: int, second: int) -> dict[str, object]:
    """Return the final count of a TPS."""
    return {"at": "14:00", "count": "final", "tps": tps, "votes": {"01": first, "02": second}}


def test_a_tie_comes_with_its_worksheet() -> None:
    """The voters of each TPS, the largest first; who is first there the committee looks up."""
    tie = alerts(KENDALASEM, final("1", 170, 149), final("2", 151, 172))["V08"]
    told = "Pemilih menurut TPS: TPS 002: 591, TPS 001: 566. Satu TPS menentukan: ada."
    assert told in tie.summary.id
    assert tie.summary.id.startswith("2 pilihan sama-sama 321 suara; 2 dari 2 TPS final")
    assert {"tied": 2, "votes_each": 321, "largest_tps_decides": True} == {
        why.check: why.value for why in tie.why if why.check not in {"class", "dpt_by_tps"}
    }
    assert ["e1", "e2"] == [one.id for one in tie.evidence]


def test_where_no_tps_decides_it_says_so() -> None:
    """One TPS, or two with as many voters: a rule of the kabupaten holds."""
    alone = alerts({"1": 400}, final("1", 200, 200))["V08"]
    alike = alerts({"1": 400, "2": 400}, final("1", 200, 100), final("2", 100, 200))["V08"]
    for tie in (alone, alike):
        assert "Satu TPS menentukan: tidak ada." in tie.summary.id
        assert "One TPS decides: no." in tie.summary.en


def test_results_are_kept_from_all_but_those_who_must_know() -> None:
    """And no choice is named in a text that is sent out."""
    tie = alerts(KENDALASEM, final("1", 170, 149), final("2", 151, 172))["V08"]
    assert ("commander", "liaison") == tie.restricted_to
    texts = (tie.title, tie.summary, tie.action)
    assert not any(name in text.id.split() for text in texts for name in ("01", "02"))


def test_a_complaint_about_an_officer_names_nobody() -> None:
    """It is for Propam alone, and even there the text has no name in it."""
    about = {"officer": "bhabin-1"}
    report: dict[str, object] = {"at": "09:00", "report": "NET-01", "subject": about}
    complaint = alerts({}, report)["W08"]
    assert ("propam",) == complaint.restricted_to
    assert "officer:36.04/bhabin-1" == complaint.scope
    texts = (complaint.title, complaint.summary, complaint.action)
    assert not any("bhabin-1" in text.id + text.en for text in texts)
