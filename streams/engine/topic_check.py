"""Compares the topics that a broker has with the plan, and says how to mend each difference.

A topic with a wrong setting does not fail; it gives wrong answers hours later: silences that are
not true, a state that was compacted too soon, a morning that is gone. So everything that is wrong
is named at once, before anything starts, each with its reason and the command that mends it.
Nothing is mended by itself: a topic may belong to somebody else, and some remedies cost records.

A wrong topic is exit code 1 and not 3: trying again would not help, a person must act.
"""

from collections.abc import Mapping

from msgspec import Struct

from streams.engine.topics import SINGLE, Setting, TopicName, TopicRole, TopicSpec
from streams.errors import SiagaError

__all__ = [
    "Difference",
    "FewReplicas",
    "FoundTopic",
    "Missing",
    "OtherPartitions",
    "OtherSetting",
    "TopicsError",
    "compare",
    "mend",
]


class FoundTopic(Struct, frozen=True):
    """One topic as a broker has it; `replicas` of its partition with the fewest."""

    partitions: int
    replicas: int
    settings: Mapping[str, str]


class Missing(Struct, frozen=True):
    """The broker has no such topic."""

    spec: TopicSpec

    def __str__(self) -> str:
        return "missing"


class OtherPartitions(Struct, frozen=True):
    """The topic has more or fewer partitions than planned."""

    spec: TopicSpec
    actual: int

    def __str__(self) -> str:
        return f"partitions: expected {self.spec.partitions}, found {self.actual}"


class FewReplicas(Struct, frozen=True):
    """A partition of the topic is kept by fewer brokers than planned."""

    spec: TopicSpec
    actual: int

    def __str__(self) -> str:
        return f"replicas: expected {self.spec.replication_factor}, found {self.actual}"


class OtherSetting(Struct, frozen=True):
    """A setting will not do; `actual` is empty if the broker does not tell it."""

    spec: TopicSpec
    setting: Setting
    actual: str

    def __str__(self) -> str:
        want = self.setting
        found = self.actual or "nothing"
        return f"{want.name}: expected {want.bound} {want.value}, found {found} ({want.why})"


Difference = Missing | OtherPartitions | FewReplicas | OtherSetting
"""One thing in which a broker is not as planned."""


class TopicsError(SiagaError):
    """The broker's topics are not as planned; nothing was started. Run the commands it lists."""

    reason = "bad_topics"
    exit_code = 1

    def __init__(self, address: str, found: tuple[Difference, ...]) -> None:
        """Tell each difference with the command that mends it."""
        self.differences = found
        lines = [f"  {one.spec.name}: {one}\n    {mend(one, address)}" for one in found]
        super().__init__(f"the topics at {address} are not as planned:\n" + "\n".join(lines))


def mend(difference: Difference, address: str) -> str:
    """Return the command, or the choice, that removes a difference."""
    name = difference.spec.name
    at = f"--bootstrap-server {address}"
    match difference:
        case Missing():
            return "siaga topics create"
        case OtherSetting(setting=setting):
            return (
                f"kafka-configs.sh {at} --alter --entity-type topics --entity-name {name} "
                f"--add-config {setting.name}={setting.value}"
            )
        case FewReplicas(spec=spec):
            return (
                f"list {spec.replication_factor} brokers for each partition of it in FILE, then "
                f"kafka-reassign-partitions.sh {at} --reassignment-json-file FILE --execute"
            )
        case OtherPartitions(spec=spec, actual=actual) if (
            spec.role is TopicRole.INPUT and actual < spec.partitions
        ):
            return f"kafka-topics.sh {at} --alter --topic {name} --partitions {spec.partitions}"
        case OtherPartitions(spec=spec, actual=actual):
            anew = f"kafka-topics.sh {at} --delete --topic {name} && siaga topics create"
            if spec.topic in SINGLE:
                return f"{anew} (which deletes its records)"
            field = "input_partitions" if spec.role is TopicRole.INPUT else "partitions"
            return f"{field} = {actual} in siaga.toml; or, which deletes its records, {anew}"


def compare(
    plan: tuple[TopicSpec, ...], found: Mapping[TopicName, FoundTopic]
) -> tuple[Difference, ...]:
    """Return everything in which `found` is not as planned, in the order of the plan."""
    return tuple(one for spec in plan for one in _of_topic(spec, found.get(spec.name)))


def _of_topic(spec: TopicSpec, found: FoundTopic | None) -> tuple[Difference, ...]:
    if found is None:
        return (Missing(spec),)
    seen: list[Difference] = []
    if found.partitions != spec.partitions:
        seen.append(OtherPartitions(spec, found.partitions))
    if found.replicas < spec.replication_factor:
        seen.append(FewReplicas(spec, found.replicas))
    for setting in spec.settings:
        actual = found.settings.get(setting.name)
        if not setting.is_met_by(actual):
            seen.append(OtherSetting(spec, setting, actual or ""))
    return tuple(seen)
