"""A registry for each test of telemetry, and an observer that counts into it."""

import pytest
from prometheus_client import CollectorRegistry

from streams.telemetry.metrics import Metrics
from streams.telemetry.observer import EngineObserver


@pytest.fixture
def registry() -> CollectorRegistry:
    """Return where the metrics of a test are."""
    return CollectorRegistry()


@pytest.fixture
def observer(registry: CollectorRegistry) -> EngineObserver:
    """Return an observer that has seen nothing."""
    return EngineObserver(Metrics(registry))
