"""Operating errors, sorted by what the person at the keyboard must do.

A programmer's error is an `assert`. What the operator can mend is a `SiagaError`: its message names
the file, line, field and what was expected, and says what to do. Two words ride along, and both
are fixed because other programs read them: `reason` is a metric label and a log field, `exit_code`
is what the command leaves behind for the shell.

| exit code | meaning                            | error                       |
|-----------|------------------------------------|-----------------------------|
| 0         | done                               | none                        |
| 1         | the input or a setting was bad     | `InputError`, `ConfigError` |
| 2         | the command line was misspelt      | none: the parser's own      |
| 3         | a needed service cannot be reached | `UnavailableError`          |
"""

from typing import ClassVar


class SiagaError(Exception):
    """Base of every error raised on purpose; catch it only where a process ends."""

    reason: ClassVar[str]
    exit_code: ClassVar[int]


class ConfigError(SiagaError):
    """The settings cannot be used; nothing was started. Mend `siaga.toml` or the environment."""

    reason = "bad_config"
    exit_code = 1


class InputError(SiagaError):
    """A file that was handed in (election folder, pack, events) is not what it should be."""

    reason = "bad_input"
    exit_code = 1


class UnavailableError(SiagaError):
    """A service we need (the broker, a receiver) does not answer. Trying again may help."""

    reason = "unavailable"
    exit_code = 3
