"""How the wheel is built: as setuptools builds it, and with the runbooks, which lie in `docs`.

The control room shows a runbook with each alert. They are written for people who read docs, so they
stay there; an installed package finds its copies beside `streams/room/runbooks.py`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Setuptools ships no types; of it a class is filled in, by names that it documents.
from setuptools.command.build_py import build_py  # type: ignore[import-untyped]

__all__ = ["BuildPy"]

_FROM: Final = Path("docs", "runbooks")
_TO: Final = Path("streams", "room", "runbooks")
_NAME: Final = re.compile(r"[A-Z][0-9]{2}\.md")
"""Of a rule's runbook; what else lies there is for those who run the machines."""


class BuildPy(build_py):  # type: ignore[misc]  # Its base class has no types.
    """Copies modules, what belongs to them, and runbooks."""

    def run(self) -> None:
        """Copy all of it to where the wheel is made from; of an editable install nothing."""
        super().run()
        if self.editable_mode:
            return
        for source, target in self._runbooks():
            self.mkpath(str(target.parent))
            self.copy_file(str(source), str(target))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:  # noqa: FBT001, FBT002 - As setuptools calls it.
        """Return all files that are made."""
        made = [] if self.editable_mode else [str(target) for _, target in self._runbooks()]
        return [*super().get_outputs(include_bytecode), *made]

    def _runbooks(self) -> Iterator[tuple[Path, Path]]:
        for source in sorted(_FROM.glob("*.md")):
            if _NAME.fullmatch(source.name):
                yield source, Path(self.build_lib) / _TO / source.name
