"""The language of conditions in rule packs: the syntax of CEL, a typed subset of its meaning.

    event.kind == "heartbeat" && has(event.queue) && event.queue > 50

An expression is read and checked when a pack is loaded: names, types, the words of enumerations,
and that nothing is read that may be missing. What passes is a closure, which is fast; and the same
expression can be asked why it came out as it did, with its figures. There is no state, no clock,
no loop without an end, and nothing is ever run as Python.

| module | has |
|---|---|
| `parser`, `literals`, `syntax` | the grammar, and the tree of what was written |
| `static_types`, `binding` | the types, and how they are made from events |
| `checker`, `scope`, `calls`, `operators`, `guards`, `pattern` | the rules of typing |
| `typed` | the tree of what is meant |
| `compiler`, `comparing`, `arithmetic` | closures, and what the signs mean |
| `tracer`, `figures` | why |
| `paths` | which fields are read |
| `condition` | all of it behind one door |
| `faults` | what can go wrong, and how it is told |

CEL is at https://cel.dev. Whatever is accepted here means what it means there; much that CEL has
is left out, and what is missing is refused. Two rules are stricter than CEL's: what may be missing
must be guarded in front, and the variable of a macro must have a new name.
"""
