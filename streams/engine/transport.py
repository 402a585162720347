"""Faust transport `siaga://`: one event for each fetch and agent.

Faust's own path makes four tasks for each message and ends at some 18,000 a second. Here an agent
gets the partition batches of a whole fetch as one event (docs/adr/0017): the rest of Faust (agents,
groups, rebalancing, flow control) works unchanged and sees a message now and then.

Private names of faust-streaming 0.15.3 and aiokafka 0.14.0 are overridden in `transport_*.py` and
nowhere else; each has a test that it is still there, and still called, upstream.
"""

from faust.transport.drivers import aiokafka as driver

from streams.engine.transport_consumer import BatchConsumer

__all__ = ["Transport"]


class Transport(driver.Transport):
    """Faust's Kafka transport with our consumer; registered as `siaga` in pyproject.toml."""

    Consumer = BatchConsumer
