"""Packs as tests need them: one for each kind of election, made ready once."""

from streams.rules.compiled import CompiledPack
from streams.rules.compiling import compile_pack
from streams.rules.reading import Draft

__all__ = ["Packs"]


class Packs:
    """A pack, ready for every profile that is asked for."""

    def __init__(self, draft: Draft) -> None:
        """Stand for a pack as it is written."""
        self._draft = draft
        self._ready: dict[str, CompiledPack] = {}

    def ready_for(self, profile: str) -> CompiledPack:
        """Return the pack for a profile.

        Raises:
            ConfigError: It cannot be read for that profile.
        """
        if profile not in self._ready:
            self._ready[profile] = compile_pack(self._draft.pack(profile))
        return self._ready[profile]
