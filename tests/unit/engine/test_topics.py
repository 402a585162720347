"""The plan of topics: the contract's names, the partitions it fixes, and settings that hold."""

from typing import Final

import pytest

from streams.engine.topics import (
    Bound,
    Setting,
    Topic,
    TopicLayout,
    TopicRole,
    TopicSpec,
    plan_topics,
    topic_name,
)
from streams.errors import ConfigError

LAYOUT: Final = TopicLayout(prefix="drill.", partitions=12, input_partitions=3)
PLAN: Final = {spec.topic: spec for spec in plan_topics(LAYOUT)}
DAY_MS: Final = 86_400_000


def settings_of(spec: TopicSpec) -> dict[str, str]:
    """Return the settings of a topic by name."""
    return {setting.name: setting.value for setting in spec.settings}


def test_the_names_are_those_of_the_contract() -> None:
    """Sections 2 and 3 of the contract, written out once more, with what was added since."""
    assert {
        "tps.status",
        "crowd.reports",
        "vote.counts",
        "operator.commands",
        "siaga.gateways",
        "siaga.receipts",
        "siaga.journal",
        "siaga.transitions",
        "siaga.alerts",
        "siaga.notices",
        "siaga.triage",
        "siaga.replies",
        "siaga.picture",
        "siaga.deadletter",
        "siaga.state",
        "siaga.packs",
        "siaga.restricted.alerts",
        "siaga.restricted.transitions",
        "siaga.restricted.notices",
        "siaga.restricted.triage",
        "siaga.restricted.receipts",
    } == {spec.name for spec in plan_topics(TopicLayout())}


def test_every_topic_is_planned_once() -> None:
    """The plan follows the order of the words and leaves none out."""
    assert list(Topic) == [spec.topic for spec in plan_topics(LAYOUT)]


def test_the_prefix_leads_every_name() -> None:
    """Two installations with different prefixes share no topic."""
    assert {f"drill.{topic}" for topic in Topic} == {spec.name for spec in PLAN.values()}
    assert PLAN[Topic.JOURNAL].name == topic_name("drill.", Topic.JOURNAL)


def test_all_that_is_decided_lies_like_the_journal() -> None:
    """A kabupaten has one partition number in the journal and in everything decided from it."""
    alone = {Topic.DEADLETTER, Topic.PACKS}
    inputs = {topic for topic, spec in PLAN.items() if spec.role is TopicRole.INPUT}
    assert {3} == {PLAN[topic].partitions for topic in inputs}
    assert {1} == {PLAN[topic].partitions for topic in alone}
    assert {12} == {PLAN[topic].partitions for topic in set(Topic) - inputs - alone}


def test_receipts_are_an_input_and_the_dead_letters_are_not() -> None:
    """Intake journals receipts as it does events; dead letters are for people."""
    assert TopicRole.INPUT is PLAN[Topic.RECEIPTS].role
    assert TopicRole.OUTPUT is PLAN[Topic.DEADLETTER].role


def test_every_time_is_the_brokers() -> None:
    """No topic keeps the time that a sender claims."""
    times = {settings_of(spec)["message.timestamp.type"] for spec in PLAN.values()}
    assert {"LogAppendTime"} == times


def test_the_contract_says_which_topics_are_compacted() -> None:
    """What is looked up by key keeps the last of each; what is read as history keeps all."""
    compacted = {
        topic for topic, spec in PLAN.items() if settings_of(spec)["cleanup.policy"] == "compact"
    }
    assert compacted == {
        Topic.ALERTS,
        Topic.RESTRICTED_ALERTS,
        Topic.TRIAGE,
        Topic.RESTRICTED_TRIAGE,
        Topic.PICTURE,
        Topic.STATE,
        Topic.PACKS,
    }


def test_the_journal_never_expires() -> None:
    """Neither age nor size deletes from it."""
    settings = settings_of(PLAN[Topic.JOURNAL])
    assert ("-1", "-1") == (settings["retention.ms"], settings["retention.bytes"])


def test_transitions_outlive_disputes() -> None:
    """Both halves of the line of commitment are kept beyond a year, however many there are."""
    for topic in (Topic.TRANSITIONS, Topic.RESTRICTED_TRANSITIONS):
        settings = settings_of(PLAN[topic])
        assert int(settings["retention.ms"]) > 366 * DAY_MS
        assert settings["retention.bytes"] == "-1"


def test_restricted_topics_are_kept_like_the_open_ones() -> None:
    """Who must not see a thing early must not lose it early either."""
    pairs = {
        Topic.ALERTS: Topic.RESTRICTED_ALERTS,
        Topic.TRANSITIONS: Topic.RESTRICTED_TRANSITIONS,
        Topic.NOTICES: Topic.RESTRICTED_NOTICES,
        Topic.TRIAGE: Topic.RESTRICTED_TRIAGE,
    }
    for topic, restricted in pairs.items():
        assert PLAN[topic].settings == PLAN[restricted].settings


def test_state_is_compacted_often_but_not_too_soon() -> None:
    """Little is out of date at a takeover; a minute is left for the repair of a foreign write."""
    settings = settings_of(PLAN[Topic.STATE])
    assert int(settings["min.compaction.lag.ms"]) >= 60_000
    assert int(settings["segment.ms"]) <= 600_000
    assert float(settings["min.cleanable.dirty.ratio"]) <= 0.1


@pytest.mark.parametrize("batch_mib", [1, 16, 64])
def test_a_checkpoint_fits_in_one_batch_and_a_batch_in_a_segment(batch_mib: int) -> None:
    """A broker refuses a batch above the topic's limit, and one that no segment could hold."""
    plan = plan_topics(TopicLayout(state_batch_mib=batch_mib))
    [settings] = [settings_of(spec) for spec in plan if spec.topic is Topic.STATE]
    batch_bytes_max = int(settings["max.message.bytes"])
    assert batch_mib * 1_048_576 <= batch_bytes_max < int(settings["segment.bytes"])


def test_what_is_too_large_for_us_still_arrives_and_is_put_aside_whole() -> None:
    """Inputs take more than the limit of 1 MiB; dead letters take more than inputs."""
    inputs = [spec for spec in PLAN.values() if spec.role is TopicRole.INPUT]
    largest = {int(settings_of(spec)["max.message.bytes"]) for spec in inputs}
    assert min(largest) >= 2 * 1_048_576
    assert int(settings_of(PLAN[Topic.DEADLETTER])["max.message.bytes"]) > max(largest)


@pytest.mark.parametrize(("replication", "guarded"), [(1, False), (2, False), (3, True), (5, True)])
def test_three_brokers_promise_more_than_one(replication: int, *, guarded: bool) -> None:
    """From three replicas on, acknowledged means on two, and nobody leads who missed records."""
    for spec in plan_topics(TopicLayout(replication_factor=replication)):
        settings = settings_of(spec)
        assert replication == spec.replication_factor
        assert guarded == ("min.insync.replicas" in settings)
        assert guarded == (settings.get("unclean.leader.election.enable") == "false")


def test_no_setting_is_given_twice() -> None:
    """A topic with two values for one setting would get either."""
    for spec in plan_topics(TopicLayout(replication_factor=3)):
        assert len(spec.settings) == len(settings_of(spec)), spec.name


def test_every_setting_says_why() -> None:
    """Whoever must mend a topic is told what it is for."""
    assert all(setting.why for spec in PLAN.values() for setting in spec.settings)


@pytest.mark.parametrize("prefix", ["drill 1.", "desa/", "é", "x" * 222, "\n"])
def test_a_prefix_that_no_topic_can_have_is_refused(prefix: str) -> None:
    """The error says what a prefix may be."""
    with pytest.raises(ConfigError, match=r"expected at most 221 ASCII letters"):
        plan_topics(TopicLayout(prefix=prefix))


def test_the_longest_prefix_fits() -> None:
    """A broker allows 249 characters; the longest of our names has 28."""
    assert 249 == max(len(spec.name) for spec in plan_topics(TopicLayout(prefix="x" * 221)))


@pytest.mark.parametrize(
    ("bound", "planned", "actual", "met"),
    [
        (Bound.EXACTLY, "delete", "delete", True),
        (Bound.EXACTLY, "delete", "compact,delete", False),
        (Bound.EXACTLY, "-1", "604800000", False),
        (Bound.AT_LEAST, "60000", "60000", True),
        (Bound.AT_LEAST, "60000", "59999", False),
        (Bound.AT_LEAST, "60000", "900000", True),
        (Bound.AT_LEAST, "60000", "-1", True),
        (Bound.AT_MOST, "0.1", "0.05", True),
        (Bound.AT_MOST, "0.1", "0.5", False),
        (Bound.AT_MOST, "16777216", "-1", False),
        (Bound.EXACTLY, "delete", None, False),
        (Bound.AT_LEAST, "1", None, False),
        (Bound.AT_MOST, "1", None, False),
    ],
)
def test_a_setting_may_be_better_than_planned(
    bound: Bound, planned: str, actual: str | None, *, met: bool
) -> None:
    """An operator who keeps more or cleans more often has not done wrong; -1 means no limit."""
    assert met == Setting("any", planned, "why", bound).is_met_by(actual)
