"""An alert's state, as others ask for it."""

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from tests.support.books import opened


@pytest.mark.parametrize("state", AlertState)
def test_every_state_but_resolved_is_open(state: AlertState) -> None:
    """Contract §5; a returned alert is open as well."""
    assert (state != "resolved") is replace(opened(), state=state).is_open
