"""What is wrong with a broker's topics is told whole, with a remedy that fits the cause."""

from typing import Final

import pytest
from msgspec import structs

from streams.engine.topic_check import (
    Difference,
    FewReplicas,
    FoundTopic,
    Missing,
    OtherPartitions,
    OtherSetting,
    TopicsError,
    compare,
    mend,
)
from streams.engine.topics import Topic, TopicLayout, TopicName, TopicSpec, plan_topics

PLAN: Final = plan_topics(TopicLayout(replication_factor=3))
SPECS: Final = {spec.topic: spec for spec in PLAN}
JOURNAL: Final = SPECS[Topic.JOURNAL]
PACKS: Final = SPECS[Topic.PACKS]
INPUT: Final = SPECS[Topic.VOTE_COUNTS]
BROKER: Final = "kafka.polres.example:9092"


def as_planned(spec: TopicSpec) -> FoundTopic:
    """Return what a broker has after it made this topic."""
    settings = {setting.name: setting.value for setting in spec.settings}
    # A broker tells its own defaults too.
    return FoundTopic(spec.partitions, spec.replication_factor, settings | {"preallocate": "false"})


def found() -> dict[TopicName, FoundTopic]:
    """Return a broker that is as planned, and has topics of others."""
    return {spec.name: as_planned(spec) for spec in PLAN} | {
        TopicName("payments"): FoundTopic(1, 1, {})
    }


def test_a_broker_as_planned_has_no_differences() -> None:
    """Other people's topics and the broker's defaults are nothing to us."""
    assert () == compare(PLAN, found())


def test_an_empty_broker_misses_every_topic() -> None:
    """Each topic is named once, not once a setting."""
    assert tuple(Missing(spec) for spec in PLAN) == compare(PLAN, {})


def test_all_differences_of_all_topics_are_told_at_once() -> None:
    """Nobody mends one thing, starts again, and is told the next."""
    broker = found()
    del broker[INPUT.name]
    broker[JOURNAL.name] = FoundTopic(9, 2, {})
    told = compare(PLAN, broker)
    settings = tuple(OtherSetting(JOURNAL, setting, "") for setting in JOURNAL.settings)
    expected = (Missing(INPUT), OtherPartitions(JOURNAL, 9), FewReplicas(JOURNAL, 2), *settings)
    assert expected == told


@pytest.mark.parametrize("name", [setting.name for setting in JOURNAL.settings])
def test_each_setting_alone_is_noticed(name: str) -> None:
    """No setting is only for show: without it the journal is not as planned."""
    right = as_planned(JOURNAL)
    without = {other: value for other, value in right.settings.items() if other != name}
    wrong = structs.replace(right, settings=without)
    [difference] = compare((JOURNAL,), {JOURNAL.name: wrong})
    assert isinstance(difference, OtherSetting)
    assert name == difference.setting.name


def test_more_replicas_than_planned_are_welcome() -> None:
    """Only too few are a danger."""
    assert () == compare(
        (JOURNAL,), {JOURNAL.name: structs.replace(as_planned(JOURNAL), replicas=5)}
    )


AT: Final = f"--bootstrap-server {BROKER}"


@pytest.mark.parametrize(
    ("difference", "remedy"),
    [
        (Missing(JOURNAL), "siaga topics create"),
        (
            OtherSetting(JOURNAL, JOURNAL.settings[0], "CreateTime"),
            (
                f"kafka-configs.sh {AT} --alter --entity-type topics --entity-name siaga.journal "
                "--add-config message.timestamp.type=LogAppendTime"
            ),
        ),
        (
            OtherPartitions(INPUT, 1),
            f"kafka-topics.sh {AT} --alter --topic vote.counts --partitions 4",
        ),
        (
            OtherPartitions(INPUT, 6),
            (
                "input_partitions = 6 in siaga.toml; or, which deletes its records, "
                f"kafka-topics.sh {AT} --delete --topic vote.counts && siaga topics create"
            ),
        ),
        (
            OtherPartitions(JOURNAL, 4),
            (
                "partitions = 4 in siaga.toml; or, which deletes its records, "
                f"kafka-topics.sh {AT} --delete --topic siaga.journal && siaga topics create"
            ),
        ),
        (
            OtherPartitions(PACKS, 4),
            (
                f"kafka-topics.sh {AT} --delete --topic siaga.packs && siaga topics create "
                "(which deletes its records)"
            ),
        ),
        (
            FewReplicas(JOURNAL, 1),
            (
                "list 3 brokers for each partition of it in FILE, then "
                f"kafka-reassign-partitions.sh {AT} --reassignment-json-file FILE --execute"
            ),
        ),
    ],
)
def test_each_kind_has_its_own_remedy(difference: Difference, remedy: str) -> None:
    """Partitions are only added where no kabupaten would move away from its records."""
    assert remedy == mend(difference, BROKER)


def test_the_error_is_a_list_to_work_through() -> None:
    """Topic, what was expected, what was found, why it matters, and the command below."""
    setting = next(one for one in JOURNAL.settings if one.name == "retention.ms")
    error = TopicsError(BROKER, (Missing(INPUT), OtherSetting(JOURNAL, setting, "604800000")))
    assert (
        f"the topics at {BROKER} are not as planned:\n"
        "  vote.counts: missing\n"
        "    siaga topics create\n"
        "  siaga.journal: retention.ms: expected exactly -1, found 604800000 "
        "(the journal is the evidence until disputes end)\n"
        f"    kafka-configs.sh {AT} --alter --entity-type topics --entity-name siaga.journal "
        "--add-config retention.ms=-1"
    ) == str(error)


def test_wrong_topics_are_bad_settings_and_not_a_service_to_wait_for() -> None:
    """Exit code 1: a supervisor that starts us again would not help (contract §7)."""
    assert (1, "bad_topics") == (TopicsError.exit_code, TopicsError.reason)
