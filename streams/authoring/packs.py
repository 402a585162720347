"""Packs as tests need them: one for each kind of election, made ready once."""

from streams.rules.compiled import CompiledPack
from streams.rules.compiling import compile_pack
from streams.rules.pack import Pack
from streams.rules.reading import Draft

__all__ = ["Packs"]


class Packs:
    """A pack, ready for every profile that is asked for."""

    def __init__(self, draft: Draft) -> None:
        """Stand for a pack as it is written."""
        self._draft = draft
        self._read: dict[str, Pack] = {}
        self._ready: dict[tuple[str, frozenset[str]], CompiledPack] = {}

    def ready_for(self, profile: str, asked: frozenset[str] = frozenset()) -> CompiledPack:
        """Return the pack for a profile.

        Args:
            profile: Whose thresholds hold.
            asked: Ids of rules that judge even where they are shadows.

        Raises:
            ConfigError: It cannot be read for that profile.
        """
        if profile not in self._read:
            self._read[profile] = self._draft.pack(profile)
        pack = self._read[profile]
        key = profile, pack.shadows & asked
        if key not in self._ready:
            self._ready[key] = compile_pack(pack, asked)
        return self._ready[key]
