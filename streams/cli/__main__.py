"""`python -m streams.cli` is the command `siaga`, for whoever has not installed it."""

import sys

from streams.cli.command import main

sys.exit(main())
