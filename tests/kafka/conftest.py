"""One real Kafka for all tests of this folder; each test has topics of its own.

A test that stops or kills its broker makes one for itself: `with Kafka() as kafka`. Modules that
use a broker are marked `pytest.mark.kafka`, so that they are left out where Java or Maven is
missing (tests/conftest.py).
"""

import re
from collections.abc import Generator

import pytest

from tests.support.kafka import Kafka


@pytest.fixture(scope="session")
def kafka() -> Generator[Kafka]:
    """Run one broker for the whole session."""
    with Kafka() as running:
        yield running


@pytest.fixture
def prefix(request: pytest.FixtureRequest) -> str:
    """Return the prefix of this test's topics, so that tests can share a broker."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", request.node.name)
    return f"{name[:100].strip('-')}."
