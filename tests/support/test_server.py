"""Servers of tests: awaited until they answer, and never in vain."""

import sys
from typing import Final

import pytest

from tests.support.debian import DebianError
from tests.support.server import Server

READY: Final = b"now I listen"


def server(script: str, within_s: float = 60.0) -> Server:
    """Return a server that is a script of ours."""
    return Server([sys.executable, "-u", "-c", script], 9, READY, within_s)


def saying(*words: str) -> str:
    """Return a script that writes some lines and then does nothing for ever."""
    told = "; ".join(f"print({word!r}, file=sys.stderr)" for word in words)
    return f"import signal, sys; {told}; signal.pause()"


def test_it_runs_for_the_time_of_a_block_and_again() -> None:
    """Ended by a test, it can be started once more; ended twice, nothing happens."""
    with server(saying("first", "now I listen", "more")) as running:
        assert "http://127.0.0.1:9" == running.url
        running.kill()
        running.kill()
        running.start()


def test_one_that_ends_at_once_is_told_with_its_last_words() -> None:
    """Its last lines only: a log may be long."""
    script = "import sys; [print(f'line {n}.', file=sys.stderr) for n in range(40)]"
    with pytest.raises(DebianError, match=r"Server did not start:\nline 25\.") as told:
        server(script).start()
    assert "line 39." in str(told.value)
    assert "line 24." not in str(told.value)


def test_one_that_never_answers_is_not_waited_for_for_ever() -> None:
    """It is ended, too: `start` could not be called again otherwise."""
    silent = server(saying("not yet"), within_s=0.1)
    for _ in range(2):
        with pytest.raises(DebianError, match="did not start"):
            silent.start()
