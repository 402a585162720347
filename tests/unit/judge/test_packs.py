"""A published pack: taken on at one record, by everybody at the same, and kept in what is saved."""

from typing import Final

from msgspec.structs import replace

from streams.domain.events import Actor, ActorRole, CommandKind, OperatorCommand
from streams.domain.ids import DRILL_MARK
from streams.judge.state import PartitionState
from streams.rules.pack import PackFile
from streams.rules.published import to_published
from streams.rules.reading import PackText, content_hash
from tests.support.events import opened
from tests.support.restarts import brief_lines, story_in_one_go, story_with_restarts, taken_over
from tests.support.stories import Item, Told, at, journal, judge_into, of_election, replies_of
from tests.support.world import ELECTION, KABUPATEN, KR, changed_pack, pack_source, world

SLOWER: Final = changed_pack("limit: [30m, 20m, 10m, 20m]", "limit: [50m, 40m, 30m, 40m]", 1)
"""T03 waits twenty minutes longer."""
_FILES: Final = tuple(one for one in pack_source().files if not one.name.endswith("T03.yaml"))
WITHOUT_T03: Final = replace(pack_source(), files=_FILES)


def use_pack(text: PackText, name: str = "", *, published: bool = True) -> Told:
    """Order a pack, which intake has found or not."""
    event = OperatorCommand(
        id="",
        at="",
        actor=Actor("siaga-rules", ActorRole.SYSTEM),
        command=CommandKind.USE_PACK,
        pack=name or content_hash(text),
    )
    found = to_published(text) if published else ""
    return Told(event=event, place=KABUPATEN, published=found)


def t03(*items: Item) -> list[str]:
    """Return what is told of T03 at `KR`, of class `kurang_rawan`."""
    told = story_in_one_go(*items, world=world())
    return [line.removeprefix("T03@KR ") for line in told if line.startswith("T03@KR ")]


def answers(*items: Item) -> list[str]:
    """Return the answers to commands."""
    return replies_of(judge_into(PartitionState(0, world()), journal(*items)))


def test_a_pack_judges_from_its_record_on() -> None:
    """What was not due yet is due by the new limit."""
    assert ["07:30 opened"] == t03(at("06:00"), at("07:31"))[:1]
    assert ["07:50 opened"] == t03(at("06:00"), use_pack(SLOWER), at("07:51"))


def test_an_alert_whose_deadline_moves_on_is_over() -> None:
    """It comes again when the new limit has passed."""
    lines = t03(at("06:00"), at("07:35"), use_pack(SLOWER), at("07:51"))
    assert ["07:30 opened", "07:35 returned", "07:50 reopened"] == lines


def test_an_alert_of_a_rule_that_is_no_more_ends() -> None:
    """Nothing would ever end it."""
    lines = t03(at("06:00"), at("07:35"), use_pack(WITHOUT_T03), at("09:00"), opened(KR))
    assert ["07:30 opened", "07:35 returned"] == lines


def test_whoever_takes_over_judges_by_the_same_pack() -> None:
    """The pack is part of what is saved; the folder still has the old one."""
    day = (at("06:00"), use_pack(SLOWER), at("07:55"), opened(KR), at("08:00"))
    assert story_in_one_go(*day, world=world()) == story_with_restarts(*day, world=world())
    state = PartitionState(0, world())
    judge_into(state, journal(at("06:00"), use_pack(SLOWER)))
    again = taken_over(state)
    assert [content_hash(SLOWER)] == [row.name for _, row in again.packs.items()]
    assert state.world.of(ELECTION).rules.pack == again.world.of(ELECTION).rules.pack


def test_the_last_pack_counts() -> None:
    """Also the first one again."""
    back = (at("06:00"), use_pack(SLOWER), use_pack(pack_source()), at("07:31"))
    assert ["07:30 opened"] == t03(*back)[:1]


def test_a_drill_orders_the_pack_of_its_election() -> None:
    """There is one plan and one pack for both."""
    ordered = of_election(f"{ELECTION}{DRILL_MARK}gladi", use_pack(SLOWER))
    assert ["07:50 opened"] == t03(at("06:00"), ordered, at("07:51"))


def test_a_pack_that_cannot_be_used_changes_nothing() -> None:
    """And the answer says why."""
    broken = PackText("siaga", "pilkada", (PackFile("taxonomy.yaml", "nonsense"),))
    refused = {
        use_pack(SLOWER, published=False): "is published; `siaga rules publish` publishes one",
        use_pack(SLOWER, "0" * 64): "its files have the hash",
        use_pack(broken): "taxonomy.yaml:1: expected fields",
    }
    for told, why in refused.items():
        [answer] = answers(at("06:00"), told, at("06:01"))
        assert why in answer
        assert ["07:30 opened"] == t03(at("06:00"), told, at("07:31"))[:1]


def test_an_order_without_a_hash_says_what_it_needs() -> None:
    """As every other command does."""
    told = use_pack(SLOWER)
    bare = replace(told, event=replace(told.event, pack=""))
    [answer] = answers(at("06:00"), bare, at("06:01"))
    assert "use_pack needs `pack`" in answer


def test_the_lines_of_a_day_are_those_of_its_journal() -> None:
    """Judged twice, the same pack is taken on at the same record."""
    steps = journal(at("06:00"), use_pack(SLOWER), at("07:55"), opened(KR), at("08:00"))
    first, second = (judge_into(PartitionState(0, world()), steps) for _ in range(2))
    assert brief_lines(first) == brief_lines(second)


def test_an_open_alert_climbs_as_was_promised_when_it_opened() -> None:
    """A faster pack is for those that open under it (contract §5: what was promised stays)."""
    faster = changed_pack("minutes: [0, 15, 45]", "minutes: [0, 2, 4]", 1)
    before = t03(at("06:00"), at("07:40"), use_pack(faster), at("07:46"))
    after = t03(at("06:00"), use_pack(faster), at("07:33"))
    assert ["07:30 opened", "07:45 escalated"] == before
    assert ["07:30 opened", "07:32 escalated"] == after
