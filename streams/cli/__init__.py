"""The command `siaga`: one module a verb.

A verb is a module with a docstring, whose first line is its help, and two functions:
`add_arguments(parser)` and `run(arguments)`, which returns the exit code. `streams.cli.command`
finds the module that was asked for, and only imports that one.
"""

from streams.cli.command import main

__all__ = ["main"]
