"""One answer, one command: what is sent, by whom, and what becomes of the second one."""

import msgspec
import pytest
from msgspec.structs import replace

from streams.answers.asked import Answerer, Asked, Verb
from streams.answers.commands import answer_command
from streams.domain.events import Actor, ActorRole, CommandKind, OperatorCommand
from streams.domain.ids import AreaCode, ElectionId
from streams.wire.inputs import decode_input
from tests.unit.answers.asking import ASKED, POLSEK, PRINCIPAL


def answered(
    verb: Verb = Verb.ACK, asked: Asked = ASKED, channel: str = "telegram", given_id: str = ""
) -> OperatorCommand:
    """Return the command of an answer."""
    command = answer_command(verb, asked, PRINCIPAL, channel, given_id)
    assert command is not None
    return command


def test_an_answer_is_a_command_of_the_contact() -> None:
    """Of the actor that it stands for, in its area, with the means by which it was given."""
    expected = OperatorCommand(
        id=answered().id,
        at="2024-11-27T00:30:15Z",
        actor=Actor("polsek-carenang", ActorRole.OPERATOR, "36.04.17"),
        command=CommandKind.ACK,
        alert=ASKED.alert,
        channel="telegram",
    )
    assert expected == answered()


def test_intake_takes_it() -> None:
    """Every field is as the schema of commands has it."""
    for asked in (ASKED, replace(ASKED, drill="gladi-1")):
        for verb in Verb:
            command = answered(verb, asked)
            value = msgspec.json.encode(command)
            assert command == decode_input("operator.commands", value).event
            assert len(command.id) <= 64


def test_who_has_no_actor_may_only_be_told() -> None:
    """There is nobody as whom the answer could be given."""
    nobody = Answerer("", AreaCode("36.04"), ElectionId("serang-2024"))
    assert None is answer_command(Verb.ACK, ASKED, nobody, "sms")


def test_the_same_answer_is_the_same_to_the_last_byte() -> None:
    """Pressed twice, or sent again by a gateway: intake takes it once."""
    assert answered() == answered()
    assert answered(given_id="SM1") == answered(given_id="SM1")


@pytest.mark.parametrize(
    "other",
    [
        answered(Verb.ESCALATE),
        answered(channel="link"),
        answered(given_id="SM1"),
        answered(asked=replace(ASKED, revision=3)),
        answered(asked=replace(ASKED, alert=ASKED.alert[:-1] + "A")),
    ],
)
def test_another_answer_is_another_command(other: OperatorCommand) -> None:
    """Another act, means, telling or alert: after a lapse the same hand can take it on again."""
    assert answered().id != other.id


def test_of_a_drill_the_command_is_for_the_drill() -> None:
    """It names the drill's election; what is real names none, and is that of its place."""
    assert "" == answered().election
    assert "serang-2024#drill-gladi-1" == answered(asked=replace(ASKED, drill="gladi-1")).election


@pytest.mark.parametrize(
    ("destination", "level"),
    [
        (POLSEK, "polres_ops"),
        ("OPS/polda@36/1", ""),
        ("ADM/camat@36.04.17/2", "panitia_kab"),
        ("SYS/it@36.04/1", "polres_ops"),
        ("GAK/panitia@36.04/1", "satreskrim"),
        ("agency/bpbd@36.04/1", ""),
        ("OPS/polsek", ""),
        ("", ""),
    ],
)
def test_sent_up_is_to_the_level_above_who_answers(destination: str, level: str) -> None:
    """Where there is none, to the next; who takes it on names no level."""
    asked = replace(ASKED, destination=destination)
    assert level == answered(Verb.ESCALATE, asked).level
    assert "" == answered(Verb.ACK, asked).level


def test_who_stands_on_another_ladder_names_no_level() -> None:
    """The alert does not climb there, so its next level is meant."""
    assert "" == answered(Verb.ESCALATE, replace(ASKED, climbs=False)).level
