"""Real workers under real faults: killed and paused under load, they leave an exact day behind."""

import random
import signal
import time
from pathlib import Path
from typing import Final

import pytest

from streams.config import Role
from streams.domain.times import MINUTE_MS, EpochMs
from streams.wire.folder import load_plan
from tests.faults.exact import by_oracle, by_origin, by_replay, redelivered, told_twice
from tests.faults.load import Size, busy_hour, province
from tests.support.fleet import Fleet
from tests.support.installation import Installation
from tests.support.kafka import Kafka
from tests.support.played import Player, Span

pytestmark = pytest.mark.kafka
