"""The door of PagerDuty's webhooks: `POST /v1/pagerduty/{name}`.

An incident there stands for a kabupaten. Who acknowledges it takes on every alert of the kabupaten
that it showed, that was open at that moment and that nobody has taken on: one `ack` each. What
began to call later, be it anew, is a new call there as well. What it shows is said by the mirror of
the same name in `notify_file`: nobody takes on what he has not been told of.

Only a person takes anything on, never a rule of PagerDuty's. A webhook that comes late, or that
somebody has kept and sends again, does nothing: what is open may not be what its sender saw.
"""

import logging
from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from streams.answers.asked import Answerer, Asked, Verb
from streams.answers.commands import answer_command
from streams.domain.alert import AlertState
from streams.domain.events import OperatorCommand
from streams.domain.ids import DRILL_MARK, AlertId, ElectionId
from streams.domain.times import MINUTE_MS, SECOND_MS
from streams.engine.topics import Topic
from streams.errors import ConfigError, InputError
from streams.gate.answering import Answering
from streams.gate.events import Hall
from streams.gate.settings import PagerDutySettings
from streams.sinks.mirror_settings import MirrorSettings, shows
from streams.sinks.mirror_settings import PagerDutySettings as PagerDutyMirrorSettings
from streams.sinks.pagerduty_webhook import SIGNATURE_HEADER, PagerDutyAck, is_signed, read_ack
from streams.sinks.secret import read_secrets
from streams.web.message import Answer, Incoming, json_answer, refused
from streams.web.refusal import Reason, Refusal
from streams.web.writer import Record
from streams.wire.documents import AlertDocument
from streams.wire.time import moment_of

__all__ = ["PagerDuty"]

_CHANNEL: Final = "pagerduty"
_OPEN: Final = frozenset({AlertState.UNACKNOWLEDGED, AlertState.RETURNED})
_LATE_MS: Final = 15 * MINUTE_MS
_EARLY_MS: Final = 2 * MINUTE_MS
"""How far PagerDuty's clock may be ahead of ours."""
_log: Final = logging.getLogger(__name__)


class Acknowledged(Struct, frozen=True):
    """How many alerts an acknowledgement is for."""

    alerts: int


class PagerDuty:
    """One subscription."""

    def __init__(
        self,
        name: str,
        settings: PagerDutySettings,
        shared: tuple[Hall, Answering],
        mirrors: Mapping[str, MirrorSettings],
        environment: Mapping[str, str],
    ) -> None:
        """Read its secrets, and find its mirror.

        Raises:
            ConfigError: There are none, or there is no such mirror.
        """
        field = f"pagerduty.{name}.secret"
        self._secrets = read_secrets(field, settings.secret_file, settings.secret_env, environment)
        self._name = name
        self._settings = settings
        self._hall, self._answering = shared
        self._mirror = _mirror_of(name, mirrors)

    async def take(self, incoming: Incoming) -> Answer:
        """Take in a webhook; of what is no acknowledgement nothing follows."""
        shown = incoming.header(SIGNATURE_HEADER.lower())
        if not is_signed(self._secrets, shown, incoming.body):
            return refused(Refusal(Reason.SIGNATURE))
        try:
            ack = _read(incoming.body)
            commands = self._commands(ack) if ack and self._counts(ack) else []
            records = [Record(Topic.OPERATOR_COMMANDS, _encode(one)) for one in commands]
            if records:
                await self._answering.writer.put(records)
            return json_answer(202, Acknowledged(len(records)))
        except Refusal as refusal:
            return refused(refusal, self._name)

    def _counts(self, ack: PagerDutyAck) -> bool:
        """Tell whether a person has acknowledged it, and just now."""
        age_ms = self._hall.times.now_s() * SECOND_MS - ack.occurred_at
        is_timely = -_EARLY_MS <= age_ms <= _LATE_MS
        if not is_timely:
            _log.warning(
                "pagerduty.%s: %s does not count: it is of %.0f minutes ago",
                self._name,
                ack.event,
                age_ms / MINUTE_MS,
            )
        return bool(ack.actor) and is_timely

    def _commands(self, ack: PagerDutyAck) -> list[OperatorCommand]:
        actor = self._settings.users.get(ack.actor, self._settings.actor)
        election, _, drill = ack.place.election.partition(DRILL_MARK)
        answerer = Answerer(actor, ack.place.kabupaten, ElectionId(election))
        alerts = self._answering.board.open_at(ack.place, ack.occurred_at)
        shown = (one for one in alerts if _called(one, ack) and shows(self._mirror, one))
        asked = [_asked(one, ack, drill) for one in shown]
        made = (answer_command(Verb.ACK, one, answerer, _CHANNEL, ack.event) for one in asked)
        return [one for one in made if one is not None]


def _mirror_of(name: str, mirrors: Mapping[str, MirrorSettings]) -> MirrorSettings:
    found = mirrors.get(name)
    if not isinstance(found, PagerDutyMirrorSettings):
        raise ConfigError(
            f"gate_file: pagerduty.{name}: expected a mirror {name} of type pagerduty in "
            "notify_file, which says what is shown there: name it alike, or take this one out"
        )
    return found


_encode: Final = msgspec.json.Encoder().encode


def _read(body: bytes) -> PagerDutyAck | None:
    try:
        return read_ack(body)
    except InputError as error:
        raise Refusal(Reason.SCHEMA, str(error)) from error


def _called(alert: AlertDocument, ack: PagerDutyAck) -> bool:
    """Tell whether an alert that waits for somebody had last begun to call when this was said."""
    post = (alert.ladder, alert.level)
    told_at = [moment_of(one.at) for one in alert.told if (one.ladder, one.level) == post]
    called_at = max(told_at, default=moment_of(alert.updated_at))
    return alert.state in _OPEN and called_at <= ack.occurred_at


def _asked(alert: AlertDocument, ack: PagerDutyAck, drill: str) -> Asked:
    return Asked(
        alert=AlertId(alert.id),
        revision=alert.revision,
        told_at=ack.occurred_at,
        destination="",
        climbs=False,
        drill=drill,
    )
