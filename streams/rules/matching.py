"""Which happenings a rule asks for: by their kind, and by an expression where it has one."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from streams.domain.alert import Why
from streams.domain.facts import Matches
from streams.domain.happenings import Happening, Point
from streams.rules.fields import Clause, Clauses
from streams.rules.views import About
from streams.rules.wheres import Where

__all__ = ["NOTHING", "CompileWhere", "Matcher", "matcher_of"]


CompileWhere = Callable[[str], Where]


class Matcher(Struct, frozen=True):
    """Some kinds of happenings, of some of which an expression must be true."""

    bare: frozenset[Happening]
    """Kinds of which any happening will do."""
    wheres: tuple[tuple[frozenset[Happening], Where], ...] = ()

    @property
    def kinds(self) -> frozenset[Happening]:
        """All kinds that are asked for."""
        return self.bare.union(*(kinds for kinds, _ in self.wheres))

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return bool(self.bare or self.wheres)

    def matches(self, point: Point, about: About) -> bool:
        """Tell whether a happening is one of those that are asked for."""
        if point.kind in self.bare:
            return True
        return any(
            point.kind in kinds and where.holds(point, about) for kinds, where in self.wheres
        )

    def why(self, point: Point, about: About) -> tuple[Why, ...]:
        """Return what decided, as arithmetic; nothing where the kind alone did."""
        if point.kind in self.bare:
            return ()
        wheres = (where for kinds, where in self.wheres if point.kind in kinds)
        return next((where.why(point, about) for where in wheres if where.holds(point, about)), ())

    def about(self, about: About) -> Matches:
        """Return the question of one place."""
        if not self.wheres:
            return lambda point: point.kind in self.bare
        return lambda point: self.matches(point, about)


NOTHING: Final = Matcher(frozenset())


def matcher_of(clauses: Clauses, compile_where: CompileWhere) -> Matcher:
    """Return the matcher of some clauses: any of them will do."""
    words = {one for one in clauses if isinstance(one, Happening)}
    longer = tuple(one for one in clauses if isinstance(one, Clause))
    bare = words.union(*(one.on for one in longer if not one.where))
    wheres = tuple((frozenset(one.on), compile_where(one.where)) for one in longer if one.where)
    return Matcher(frozenset(bare), wheres)
