# Faust's and aiokafka's own types are Unknown to pyright, and watching them is what this is for:
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false, reportUnknownParameterType=false
# pyright: reportUnknownVariableType=false, reportPrivateUsage=false
# ruff: noqa: SLF001
"""The thread in which aiokafka's consumer lives: heartbeats renew the lease, fetches feed claims.

Everything here runs in that thread, so what a fetch handed out is noted before the next fetch can
be sent: claims rest on that order (`claims.py`).
"""

import functools
import time
from collections.abc import Mapping, Sequence
from typing import Final, cast

from aiokafka.structs import TopicPartition
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams.domain.times import EpochMs
from streams.engine.link import Link, link_of
from streams.engine.ports import RecordView
from streams.engine.transport_inside import (
    Client,
    Consumer,
    Coordinator,
    Fetcher,
    FetchRequest,
    FetchResponse,
    FetchState,
    TopicAndPartition,
)

__all__ = ["BatchThread"]

_NO_ERROR: Final = 0


class BatchThread(driver.AIOKafkaConsumerThread):
    """Faust's consumer thread, watched."""

    @property
    def _link(self) -> Link:
        return link_of(self.app)

    async def on_start(self) -> None:
        """Start aiokafka's consumer, and watch its heartbeats and fetches."""
        await super().on_start()
        consumer = cast("Consumer", self._ensure_consumer())
        consumer._fetcher._fetch_max_wait_ms = self._link.fetch_wait_ms  # Faust fixes 1500.
        self.watch_heartbeats(consumer._coordinator)
        self.watch_answers(consumer._client)
        self.watch_handing_out(consumer._fetcher)

    def watch_heartbeats(self, coordinator: Coordinator) -> None:
        """Renew the lease with each accepted heartbeat; end the process when none will ever be."""
        beat, lease, die = coordinator._do_heartbeat, self._link.lease, self._link.die

        @functools.wraps(beat)
        async def watched() -> bool:
            since = time.monotonic()
            try:
                is_accepted = await beat()
            except Exception as error:  # noqa: BLE001 - fenced or forbidden: never ours again
                die(f"the group refuses our membership: {error}")
            if is_accepted:
                lease.renew(since)
            elif coordinator.member_id == "":
                die("lost the membership in the group: somebody else owns our partitions")
            return is_accepted

        coordinator._do_heartbeat = watched  # type: ignore[method-assign] # watching is the point

    def watch_answers(self, client: Client) -> None:
        """Note the answers to fetches that show nothing more."""
        send, now = client.send, self._link.now

        @functools.wraps(send)
        async def watched(node_id: int, request: object, **kwargs: object) -> object:
            if type(request).__name__ != "FetchRequest":
                return await send(node_id, request, **kwargs)
            asked_at = now()  # Before the request leaves.
            response = await send(node_id, request, **kwargs)
            asked, answer = cast("FetchRequest", request), cast("FetchResponse", response)
            self._note_answers(asked, answer, asked_at)
            return response

        client.send = watched  # type: ignore[method-assign] # watching is the point

    def _note_answers(
        self, request: FetchRequest, response: FetchResponse, asked_at: EpochMs
    ) -> None:
        asked = {(topic, p): offset for topic, parts in request.topics for p, offset, _ in parts}
        for topic, parts in response.topics:
            for p, error, high_watermark, *_ in parts:
                if error == _NO_ERROR and high_watermark <= asked[topic, p]:
                    slot = self._link.names.slot(TP(topic, p))
                    self._link.flow.claims.note_answer(slot, asked_at, asked[topic, p])

    def watch_handing_out(self, fetcher: Fetcher) -> None:
        """Note what is on its way to us."""
        fetched_records, link = fetcher.fetched_records, self._link

        @functools.wraps(fetched_records)
        async def watched(
            *args: object, **kwargs: object
        ) -> Mapping[TopicAndPartition, Sequence[RecordView]]:
            handed_out = await fetched_records(*args, **kwargs)
            for tp, records in handed_out.items():
                if records:
                    end = records[-1].offset + 1
                    link.flow.claims.note_handed_out(link.names.slot(tp), end)
            return handed_out

        fetcher.fetched_records = watched  # type: ignore[method-assign] # watching is the point

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Regard a completed join as an accepted heartbeat."""
        self._link.lease.renew(time.monotonic())
        await super().on_partitions_assigned(assigned, generation_id)

    def fetch_state(self, tp: TP) -> tuple[int, int]:
        """Return the offset that is fetched next, and where the log ended by the last answer."""
        subscription = self._ensure_consumer()._subscription.subscription
        assignment = subscription and subscription.assignment
        if not assignment:
            return 0, 0
        state = cast("FetchState | None", assignment.state_value(TopicPartition(*tp)))
        if not state or not state.has_valid_position or state.highwater is None:
            return 0, 0
        return state.position, state.highwater

    async def leave(self) -> None:
        """Stop aiokafka's consumer: a member that is not static says good-bye to its group."""
        await self.call_thread(cast("Consumer", self._ensure_consumer()).stop)
