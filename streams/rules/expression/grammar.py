r"""The grammar: a subset of CEL's, as LALR(1).

From weak to strong, all but the ternary from left to right:

    c ? a : b     ||     &&     < <= > >= == != in     + -     * / %     ! -     . [ ] ( )

Left out of CEL, and refused: `null`, unsigned numbers, bytes, maps and messages written out,
strings over several lines, a dot in front of a name, `!!` and `--`. Words that CEL reserves cannot
name a variable; after a dot they are fields (`event.source.for`).
"""

from typing import Final

__all__ = ["GRAMMAR", "RESERVED"]

GRAMMAR: Final = r"""
?start: expression
?expression: disjunction
    | disjunction QUESTION disjunction COLON expression -> conditional
?disjunction: conjunction
    | conjunction (OR conjunction)+ -> chain
?conjunction: relation
    | relation (AND relation)+ -> chain
?relation: addition
    | relation (RELATION | IN) addition -> binary
?addition: multiplication
    | addition (PLUS | MINUS) multiplication -> binary
?multiplication: unary
    | multiplication TIMES unary -> binary
?unary: member
    | (NOT | MINUS) member -> unary
?member: primary
    | member DOT NAME -> select
    | member DOT NAME LPAR (expression (COMMA expression)*)? RPAR -> method
    | member LSQB expression RSQB -> index
?primary: NAME -> name
    | NAME LPAR (expression (COMMA expression)*)? RPAR -> call
    | LPAR expression RPAR -> paren
    | LSQB (expression (COMMA expression)* COMMA?)? RSQB -> items
    | BOOL -> truth
    | INT -> whole
    | HEX -> whole
    | DOUBLE -> double
    | STRING -> string

OR: "||"
AND: "&&"
RELATION: "<=" | ">=" | "==" | "!=" | "<" | ">"
NOT: "!"
QUESTION: "?"
COLON: ":"
PLUS: "+"
MINUS: "-"
TIMES: "*" | "/" | "%"
DOT: "."
COMMA: ","
LPAR: "("
RPAR: ")"
LSQB: "["
RSQB: "]"
IN.3: /in(?![_a-zA-Z0-9])/
BOOL.3: /(true|false)(?![_a-zA-Z0-9])/
STRING.2: /"([^"\\\r\n]|\\[^\r\n])*"|'([^'\\\r\n]|\\[^\r\n])*'/
    | /[rR]"([^"\\\r\n]|\\[^"\r\n])*"|[rR]'([^'\\\r\n]|\\[^'\r\n])*'/
DOUBLE.3: /[0-9]*\.[0-9]+([eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+/
HEX.2: /0x[0-9a-fA-F]+/
INT.1: /[0-9]+/
NAME.1: /[_a-zA-Z][_a-zA-Z0-9]*/
SPACE: /[ \t\n\f\r]+/
COMMENT.4: /\/\/[^\n]*/
%ignore SPACE
%ignore COMMENT
"""

RESERVED: Final = frozenset(
    (
        "as",
        "break",
        "const",
        "continue",
        "else",
        "false",
        "for",
        "function",
        "if",
        "import",
        "in",
        "let",
        "loop",
        "package",
        "namespace",
        "null",
        "return",
        "true",
        "var",
        "void",
        "while",
    )
)
"""What cannot name a variable. Source: the CEL language definition, "Syntax"."""
