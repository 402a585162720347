"""Holds back silence that a gateway may be the cause of.

While a gateway lives, silence of the TPS that send through it is judged up to what it vouches for
(`streams.rules.detectors.vouched`), and no further: of a TPS, of a pair that watches it, and of it
as one of its kecamatan. What is due beyond that is *parked*, not lost: the next heartbeat, or the
end of the patience with the gateway, queues it again. Only rules of silence wait so. A stage that
is not told, an officer who does not check in, a box that does not come are looked for as ever:
there a stuck gateway is no comfort.

Whoever may write heartbeats may invent names. So many are kept of a kabupaten, and no more; of
another one its heartbeats hold nothing, as if it had none, until a name is forgotten.

What is parked follows from what is queued and what is known, so nothing of it is saved.
"""

from collections.abc import Iterable
from typing import Final

from streams.domain.ids import AreaCode, ElectionId, kabupaten_of, parents_of
from streams.domain.journal import AcceptedGateway
from streams.domain.times import NEVER, SECOND_MS, EpochMs
from streams.judge import gateway_health
from streams.judge.rows import Gateways
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Teller
from streams.rules.detectors.vouched import (
    Beat,
    Gateway,
    is_forgotten,
    known_at,
    patience_ms,
    reach,
    take,
)

__all__ = [
    "GATEWAY_WAKE",
    "NAMES_MAX",
    "are_known",
    "judged_until",
    "note",
    "park",
    "restore_wakes",
    "settle",
]

GATEWAY_WAKE: Final = "gateway"
"""In place of the rule in the key under which a gateway is looked at again."""
NAMES_MAX: Final = 200
"""So many gateways of a kabupaten are known at a time."""
_UNKNOWN: Final = Gateway()
_NONE: Final = Gateways({})


def note(teller: Teller, accepted: AcceptedGateway) -> None:
    """Take in a heartbeat; a mark looks at it when `heard` has passed its receipt.

    One of a new name is passed over while as many are known as may be.
    """
    state, name = teller.state, accepted.event.source.id
    home = accepted.election, kabupaten_of(accepted.place)
    known = (state.gateways.get(home) or _NONE).by_name
    if name not in known and len(known) >= NAMES_MAX:
        return
    gateway = take(known.get(name, _UNKNOWN), _beat(accepted), state.clocks.heard)
    state.gateways.put(home, Gateways({**known, name: gateway}))
    _arm(state, home, name, gateway)


def _beat(accepted: AcceptedGateway) -> Beat:
    """Read a heartbeat as a claim, which counts at most as its receipt."""
    event, since = accepted.event, accepted.pending_since
    every_ms = event.every_seconds * SECOND_MS if isinstance(event.every_seconds, int) else 0
    return Beat(
        received_at=accepted.received_at,
        vouched=min(accepted.received_at, accepted.at if since is None else since),
        until=EpochMs(accepted.received_at + patience_ms(every_ms)),
        pending_since=NEVER if since is None else since,
        areas=accepted.areas,
        said_at=accepted.at,
    )


def settle(teller: Teller, wake: Key) -> None:
    """Look at a gateway again: at what waits for it, and whether it is in trouble."""
    state, home, name = teller.state, (ElectionId(wake[0]), AreaCode(wake[2])), wake[3]
    gateway = (state.gateways.get(home) or _NONE).by_name.get(name)
    if gateway is None:
        return
    for key, due in state.parked.pop(home, {}).items():
        state.by_heard.arm(key, due)
    gateway_health.judge(teller, home, name, known_at(gateway, state.clocks.heard))
    if is_forgotten(gateway, state.clocks.heard):
        _forget(state, home, name)
    else:
        _arm(state, home, name, gateway)


def _forget(state: PartitionState, home: tuple[ElectionId, AreaCode], name: str) -> None:
    known = (state.gateways.get(home) or _NONE).by_name
    others = {other: gateway for other, gateway in known.items() if other != name}
    if others:
        state.gateways.put(home, Gateways(others))
    else:
        state.gateways.delete(home)


def park(state: PartitionState, key: Key, due: EpochMs, kabupaten: AreaCode) -> None:
    """Put aside what waits for a gateway; it was due at `due`."""
    parked = state.parked.setdefault((ElectionId(key[0]), kabupaten), {})
    parked[key] = min(due, parked.get(key, due))


def are_known(state: PartitionState, election: ElectionId, kabupaten: AreaCode) -> bool:
    """Tell whether any gateway of a kabupaten has told of itself."""
    return state.gateways.get((election, kabupaten)) is not None


def judged_until(
    state: PartitionState, election: ElectionId, tps: Iterable[AreaCode], heard: EpochMs
) -> EpochMs:
    """Return until when silence of any of these TPS may be judged, once all is heard to `heard`."""
    found = heard
    for code in tps:
        row = state.gateways.get((election, kabupaten_of(code))) or _NONE
        for gateway in row.by_name.values():
            known = known_at(gateway, heard)
            if _serves(known, code):
                found = min(found, reach(known, heard))
    return found


def _serves(known: Beat, tps: AreaCode) -> bool:
    return any(area in known.areas for area in parents_of(tps))


def _arm(
    state: PartitionState, home: tuple[ElectionId, AreaCode], name: str, gateway: Gateway
) -> None:
    at = gateway_health.next_look(state, home, gateway)
    state.by_heard.arm((home[0], GATEWAY_WAKE, home[1], name), at)


def restore_wakes(state: PartitionState) -> None:
    """Queue what is known of gateways, after a saved state was taken on."""
    for (election, kabupaten), row in state.gateways.items():
        for name, gateway in row.by_name.items():
            _arm(state, (ElectionId(election), AreaCode(kabupaten)), name, gateway)
