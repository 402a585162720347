"""`python -m tests.faults.forgetful worker`: a worker that is wrong on purpose, to test the tests.

It judges a second time what was judged before, as every worker does that takes over; but it has
forgotten which lines were told already.
"""

import sys
from unittest.mock import patch

from streams.cli.command import main
from streams.engine import host
from streams.engine.ports import Headers
from streams.engine.told import Told


class Forgetful(Told):
    """Remembers everything, and admits nothing."""

    def has(self, headers: Headers) -> bool:
        """Say that the line must be told, whether it was told or not."""
        super().has(headers)
        return False


if __name__ == "__main__":
    with patch.object(host, "Told", Forgetful):
        sys.exit(main())
