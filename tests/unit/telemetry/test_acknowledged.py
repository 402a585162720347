"""How long alerts wait for the first acknowledgement, and which alert an exemplar names."""

from typing import Final

from msgspec.structs import replace
from prometheus_client import CollectorRegistry

from streams.domain.events import Actor, ActorRole, CommandKind, OperatorCommand
from streams.domain.ids import DRILL_MARK
from streams.domain.words import SEVERITIES, Role
from tests.support.events import ack, command, opened, report
from tests.support.stories import Told, at, of_election
from tests.support.world import ELECTION, KR, SR
from tests.unit.telemetry.shown import Scene

NAME: Final = "siaga_acknowledge_seconds"
MORNING: Final = at("06:00")
OPENED: Final = (MORNING, at("07:45"))
"""`SR` should have opened by 07:30; whoever knows says so at 07:30."""


def exemplars(registry: CollectorRegistry) -> list[str]:
    """Return the alerts that exemplars name."""
    return [
        sample.exemplar.labels["alert_id"]
        for metric in registry.collect()
        for sample in metric.samples
        if sample.exemplar
    ]


def by_propam(told: Told) -> Told:
    """Let those give a command who alone may see what it is about."""
    assert isinstance(told.event, OperatorCommand)
    return replace(told, event=replace(told.event, actor=Actor("propam", ActorRole.PROPAM)))


def waited(scene: Scene) -> tuple[float, float]:
    """Return how many alerts were acknowledged, and how long they had waited together."""
    values = {
        part: sum(
            scene.counted(f"{NAME}_{part}", severity=severity.value) or 0 for severity in SEVERITIES
        )
        for part in ("count", "sum")
    }
    return values["count"], values["sum"]


def test_an_alert_has_waited_from_its_opening_to_its_acknowledgement() -> None:
    """By stream time, and its exemplar leads to it."""
    scene = Scene().go_on(*OPENED)
    alert = scene.fold.fold.state.latest_of((ELECTION, "T03", SR, ""))
    assert alert is not None
    scene.go_on(ack("T03@SR"))
    assert (1, (scene.fold.fold.state.clocks.now - alert.opened_at) / 1000) == waited(scene)
    assert [alert.id] == exemplars(scene.registry)


def test_only_the_first_acknowledgement_counts() -> None:
    """Who gives an alert back, and takes it again, has answered before."""
    scene = Scene().go_on(*OPENED, ack("T03@SR"), at("07:50"))
    once = waited(scene)
    scene.go_on(command(CommandKind.UNACK, "T03@SR"), at("07:55"), ack("T03@SR"), at("07:56"))
    assert once == waited(scene)


def test_an_alert_that_comes_back_waits_anew() -> None:
    """From when it came back, not from the morning on."""
    scene = Scene().go_on(MORNING, at("07:00"), opened(KR), at("09:00"), ack("T07@KR"))
    count, seconds = waited(scene)
    assert 1 == count
    scene.go_on(at("09:05"), command(CommandKind.RESOLVE, "T07@KR"))
    alert = scene.fold.fold.state.latest_of((ELECTION, "T07", KR, ""))
    assert alert is not None
    scene.go_on(at("09:06"), command(CommandKind.REOPEN, alert.id))
    scene.go_on(at("09:12"), ack("T07@KR"), at("09:13"))
    assert (count + 1, seconds + 6 * 60) == waited(scene)


def test_what_only_some_may_see_is_not_measured() -> None:
    """Tried: a complaint about the police, which Propam acknowledges."""
    scene = Scene().go_on(MORNING, report("NET-01", KR, "w-8"), at("06:30"))
    (hidden,) = [alert for _, alert in scene.fold.fold.state.alerts.items() if alert.restricted_to]
    scene.go_on(by_propam(ack(hidden.id)), at("06:31"))
    now = scene.fold.fold.state.alert(hidden.id)
    assert now is not None
    assert now.acknowledged_at is not None
    assert 0 == waited(scene)[0]
    assert [] == exemplars(scene.registry)
    assert hidden.id not in scene.text


def test_drills_are_not_measured() -> None:
    """Nobody is slower for having practised."""
    drill = f"{ELECTION}{DRILL_MARK}gladi"
    scene = Scene().go_on(MORNING, at("06:01"))
    scene.go_on(of_election(drill, report("KAM-01", KR, "ptps-9", Role.PTPS)), at("06:02"))
    alert = next(one for _, one in scene.fold.fold.state.alerts.items() if one.drill)
    scene.go_on(of_election(drill, ack(alert.id)), at("06:03"))
    now = scene.fold.fold.state.alert(alert.id)
    assert now is not None
    assert now.acknowledged_at is not None
    assert (0, 0) == waited(scene)
