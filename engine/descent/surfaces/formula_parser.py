"""A formula's pieces put together as a tree of Python's `ast`.

Only numbers, names, calls of a name, the two signs and the five operators can come out; the
text is read once from left to right, so what is refused is the first piece that cannot go on.

How it is read, beside the usual order of operators:

- Two things side by side are multiplied, as tightly as by `*`: 1/2x is (1/2)*x, and said.
- `xy` in one word is one thing: 1/xy is 1/(x*y), but xy^2 is x*y^2.
- A raised number belongs to what stands directly before it: -x² is -(x²), 2x² is 2*(x²).
- A function without brackets takes what is multiplied side by side: sin 2x cos y is
  sin(2x)*cos(y), sin x*y is sin(x)*y. Where it would end at a bracket, as in sin x(y + 1), it is
  refused. √ takes one factor with its power.
- sin²x and sin^2 x are sin(x)^2.
- A number never follows something without a sign: x 2 may have been x².
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NoReturn

from engine.descent.surfaces import formula_nodes as nodes
from engine.descent.surfaces.formula_tokens import Kind, Lexer, Token
from engine.descent.surfaces.formula_words import CONSTANTS, FUNCTIONS, GREEK, REASONING
from engine.errors import FormulaError, Note, note, shorten

MAX_LENGTH = 2000
MAX_DEPTH = 64
MAX_BRACKETS = 200  # open at once; by themselves they nest nothing

_OPERATORS: dict[str, tuple[float, type[ast.operator]]] = {
    "+": (1, ast.Add),
    "-": (1, ast.Sub),
    "*": (2, ast.Mult),
    "/": (2, ast.Div),
    "^": (4, ast.Pow),
}
_FUNCTION, _SIGN, _JOINED, _ROOT = 2.5, 3.0, 3.2, 3.5  # how tightly these hold what follows
_NEVER = 9.0


@dataclass
class _Waiting:
    """An operator, or a sign, function or root before its operand."""

    token: Token
    binds: float
    operator: type[ast.operator] | None = None  # none before an operand
    beside: bool = False  # a product without a sign
    power: int = 1  # of a function, as in sin²


@dataclass
class _Open:
    """A bracket that is not closed yet."""

    token: Token
    close: str  # the sign that closes it
    function: Token | None = None  # whose arguments stand in it
    power: int = 1
    arguments: list[ast.expr] = field(default_factory=list)
    fraction: Token | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it only holds together what stands in it."""
        return self.function is None and self.fraction is None and self.close != "|"


@dataclass(frozen=True)
class Reading:
    """What was understood of a text.

    Attributes:
        tree: of constants, names, calls, signs and operators; columns are places in the text.
        notes: what is worth saying of how it was understood.
        plain: the formula with every sign written; the text itself where it is written so.
    """

    tree: ast.expr
    notes: tuple[Note, ...]
    plain: str


def read(text: str, known: Collection[str] = ()) -> Reading:
    """Read a formula as people type it.

    Args:
        text: as typed.
        known: names that are the user's own, which win over every other reading.

    Raises:
        FormulaError: it is no expression; `fields["position"]` is the first character that
            cannot be part of one, from 0.
    """
    if len(text) > MAX_LENGTH:
        fail("formula.too_long", MAX_LENGTH, length=len(text), limit=MAX_LENGTH)
    if not text.strip():
        fail("formula.empty", 0)
    lexer = Lexer(text, known)
    parser = _Parser(text, lexer.split())
    tree = parser.parse()
    plain = text.strip() if lexer.plain and parser.plain else nodes.write(tree, text.strip())
    return Reading(tree, (*lexer.notes, *parser.notes), plain)


def fail(code: str, position: int, **fields: object) -> NoReturn:
    """Refuse a formula for what stands at a character, from 0."""
    raise FormulaError(code, position=position, place=position + 1, **fields) from None


class _Parser:
    """Two stacks, of operands and of what waits for them; a deep text makes no deep calls."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.notes: dict[Note, None] = {}
        self.plain = True  # no product without its sign, no function without its brackets
        self._text = text
        self._tokens = tokens
        self._next = 0
        self._operands: list[ast.expr] = []
        self._stack: list[_Waiting | _Open] = []
        self._brackets: dict[int, tuple[int, int]] = {}  # where the ones around a node stand
        self._depth = 0
        self._opened = 0

    def parse(self) -> ast.expr:
        wanted = True  # an operand, not an operator
        while True:
            token = self._tokens[self._next]
            self._next += 1
            self._not_bad(token)
            if token.kind is Kind.END and not wanted:
                return self._finish()
            wanted = self._operand(token) if wanted else self._operator(token)

    # -- where an operand is wanted ---------------------------------------------------------------

    def _operand(self, token: Token) -> bool:
        """Take a piece; whether an operand is still wanted."""
        match token.kind:
            case Kind.NUMBER:
                self._operands.append(nodes.number(token))
                return False
            case Kind.NAME:
                return self._name(token)
            case Kind.FUNCTION:
                self._function(token)
            case Kind.SIGN if token.text in "+-":
                self._push(_Waiting(token, _SIGN))
            case Kind.OPEN:
                self._push(_Open(token, ")" if token.text == "(" else "}"))
            case Kind.BAR:
                self._push(_Open(token, "|"))
            case Kind.ROOT:
                self._root(token)
            case Kind.FRACTION:
                self._brace(token, fraction=token)
            case Kind.CLOSE if self._is_empty_call():
                self._close(token)
                return False
            case Kind.END:
                fail("formula.ends_early", token.start)
            case _:
                self._syntax(token)
        return True

    def _name(self, token: Token) -> bool:
        following = self._tokens[self._next]
        called = following.kind is Kind.OPEN and following.text == "("
        sign = self._text[token.start] in GREEK  # a letter never names a function
        if called and not sign and token.text not in ("x", "y", *CONSTANTS):
            self._next += 1
            self._push(_Open(following, ")", function=token))
            return True
        self._operands.append(nodes.name(token))
        return False

    def _function(self, token: Token) -> None:
        power = self._power_of_function()
        following = self._tokens[self._next]
        if following.kind is Kind.OPEN:
            self._next += 1
            close = ")" if following.text == "(" else "}"
            self._push(_Open(following, close, function=token, power=power))
            return
        self._not_bad(following)
        begins = (Kind.NUMBER, Kind.NAME, Kind.FUNCTION, Kind.BAR, Kind.ROOT, Kind.FRACTION)
        if following.kind not in begins or FUNCTIONS[token.text][0] > 1:
            self._refuse("formula.function_bare", token)
        self.plain = False
        self._push(_Waiting(token, _FUNCTION, power=power))

    def _power_of_function(self) -> int:
        """The 2 of sin²x and sin^2 x, which is read; 1 where there is none."""
        self.plain &= self._tokens[self._next].kind is Kind.OPEN
        first, *rest = self._tokens[self._next : self._next + 4]
        if first.kind is Kind.POWER and first.text.isdigit():
            self._next += 1
            return int(first.text)
        if first.kind is Kind.SIGN and first.text == "^":
            kinds = [token.kind for token in rest]
            if kinds[:1] == [Kind.NUMBER] and rest[0].text.isdigit():
                self._next += 2
                return int(rest[0].text)
            if kinds == [Kind.OPEN, Kind.NUMBER, Kind.CLOSE] and rest[1].text.isdigit():
                self._next += 4
                return int(rest[1].text)
        return 1

    def _root(self, token: Token) -> None:
        following = self._tokens[self._next]
        if following.kind is Kind.OPEN:
            self._next += 1
            close = ")" if following.text == "(" else "}"
            self._push(_Open(following, close, function=token))
        else:
            self._push(_Waiting(token, _ROOT))

    def _brace(self, token: Token, *, fraction: Token) -> None:
        """The `{` of a fraction's part."""
        following = self._tokens[self._next]
        self._not_bad(following)
        if following.kind is Kind.END:
            fail("formula.ends_early", following.start)
        if following.kind is not Kind.OPEN or following.text != "{":
            self._syntax(following)
        self._next += 1
        self._push(_Open(following, "}", fraction=fraction))

    def _is_empty_call(self) -> bool:
        """Whether nothing stands yet in the brackets of a function: sin()."""
        top = self._stack[-1] if self._stack else None
        before = self._tokens[self._next - 2]
        return isinstance(top, _Open) and top.function is not None and before is top.token

    # -- where an operator is wanted --------------------------------------------------------------

    def _operator(self, token: Token) -> bool:
        """Take a piece; whether an operand is wanted now."""
        match token.kind:
            case Kind.SIGN:
                binds, operator = _OPERATORS[token.text]
                self._reduce(binds if operator is not ast.Pow else _NEVER)
                self._push(_Waiting(token, binds, operator))
                return True
            case Kind.POWER:
                base = self._operands.pop()
                number = nodes.constant(int(token.text), token.start, token.end)
                self._operands.append(self._binary(base, ast.Pow, number))
                return False
            case Kind.CLOSE:
                return self._close(token)
            case Kind.BAR if (opened := self._innermost()) is not None and opened.close == "|":
                return self._close(token)
            case Kind.COMMA:
                return self._comma(token)
            case Kind.NUMBER:
                self._refuse("formula.missing_sign", token)
        return self._beside(token)

    def _beside(self, token: Token) -> bool:
        """What stands beside the thing before it is multiplied by it."""
        self.plain = False
        for word in (self._tokens[self._next - 2], token):
            if word.kind is Kind.NAME and word.text in REASONING:
                self._refuse("formula.not_allowed", word)
        if token.joined:
            self._push(_Waiting(token, _JOINED, ast.Mult))
        else:
            self._reduce(2, beside=token)
            self._push(_Waiting(token, 2, ast.Mult, beside=True))
        return self._operand(token)

    def _comma(self, token: Token) -> bool:
        opened = self._innermost()
        function = None if opened is None else opened.function
        if opened is None or function is None or function.kind is Kind.ROOT:
            self._refuse("formula.not_allowed", token)
        self._reduce(0)
        opened.arguments.append(self._operands.pop())
        return True

    def _close(self, token: Token) -> bool:
        """A closing bracket or bar; whether an operand is wanted then."""
        opened = self._innermost()
        if opened is None or opened.close != ("|" if token.kind is Kind.BAR else token.text):
            self._syntax(token)
        empty = self._tokens[self._next - 2] is opened.token
        if not empty:
            self._reduce(0)
        self._stack.pop()
        self._opened -= 1
        self._depth -= not opened.is_plain
        if opened.fraction is not None:
            return self._close_fraction(opened)
        if opened.is_plain:
            self._brackets[id(self._operands[-1])] = opened.token.start, token.end
            return False
        arguments = [*opened.arguments, *(() if empty else (self._operands.pop(),))]
        if opened.function is None:
            made = nodes.call_named("abs", opened.token.start, arguments, token.end)
        elif opened.function.kind is not Kind.ROOT:
            made = nodes.call(opened.function, arguments, token.end, opened.power)
        elif empty:
            self._syntax(token)
        else:
            made = nodes.rooted(opened.function, arguments[0], token.end)
        self._operands.append(made)
        return False

    def _close_fraction(self, opened: _Open) -> bool:
        if opened.fraction is not None and opened.fraction.kind is Kind.FRACTION:
            # The second part waits for its own brace; until then the first is an operand.
            self._brace(opened.token, fraction=opened.token)
            return True
        lower = self._operands.pop()
        quotient = self._binary(self._operands.pop(), ast.Div, lower)
        self._brackets[id(quotient)] = self._ends(quotient)
        self._operands.append(quotient)
        return False

    def _finish(self) -> ast.expr:
        opened = self._innermost()
        if opened is not None:
            self._refuse("formula.not_closed", opened.token)
        self._reduce(0)
        (tree,) = self._operands
        return tree

    # -- the stacks -------------------------------------------------------------------------------

    def _push(self, waiting: _Waiting | _Open) -> None:
        self._opened += isinstance(waiting, _Open)
        self._depth += not (isinstance(waiting, _Open) and waiting.is_plain)
        place = waiting.token.start
        if isinstance(waiting, _Open) and waiting.function is not None:
            place = waiting.function.start
        if self._depth > MAX_DEPTH + 1:
            fail("formula.too_deep", place, limit=MAX_DEPTH)
        if self._opened > MAX_BRACKETS:
            fail("formula.too_deep", place, limit=MAX_BRACKETS)
        self._stack.append(waiting)

    def _innermost(self) -> _Open | None:
        return next((each for each in reversed(self._stack) if isinstance(each, _Open)), None)

    def _reduce(self, binds: float, *, beside: Token | None = None) -> None:
        """Give their operands to all that hold them at least as tightly, up to a bracket."""
        while self._stack and isinstance(top := self._stack[-1], _Waiting) and top.binds >= binds:
            if beside is not None and top.binds == _FUNCTION:
                if beside.kind in (Kind.OPEN, Kind.BAR):
                    place = beside.start
                    fail("formula.unclear", place, text=top.token.text)
                if beside.kind is not Kind.FUNCTION:
                    return
            self._stack.pop()
            self._depth -= 1
            self._apply(top)

    def _apply(self, waiting: _Waiting) -> None:
        right = self._operands.pop()
        if waiting.operator is not None:
            left = self._operands.pop()
            if waiting.beside:
                self._note_half(left, right)
            made: ast.expr = self._binary(left, waiting.operator, right)
        elif waiting.token.kind is Kind.ROOT:
            made = nodes.rooted(waiting.token, right, right.end_col_offset or 0)
        elif waiting.token.kind is Kind.FUNCTION:
            end = right.end_col_offset or 0
            made = nodes.call(waiting.token, [right], end, waiting.power)
        else:
            sign = ast.USub() if waiting.token.text == "-" else ast.UAdd()
            end = right.end_col_offset or 0
            made = ast.UnaryOp(sign, right, **nodes.span(waiting.token.start, end))
        self._operands.append(made)

    def _note_half(self, left: ast.expr, right: ast.expr) -> None:
        """1/2x might be meant as 1/(2x): how it is read is said."""
        divides = isinstance(left, ast.BinOp) and isinstance(left.op, ast.Div)
        if divides and id(left) not in self._brackets:
            read = f"({self._typed(left)})*{self._typed(right)}"
            self.notes[note("formula.read", text=self._typed(left, right), read=read)] = None

    # -- places in the text -----------------------------------------------------------------------

    def _ends(self, node: ast.expr) -> tuple[int, int]:
        """Where a part begins and ends, the brackets around it included."""
        return self._brackets.get(id(node), (node.col_offset, node.end_col_offset or 0))

    def _binary(self, left: ast.expr, kind: type[ast.operator], right: ast.expr) -> ast.expr:
        start, end = self._ends(left)[0], self._ends(right)[1]
        return ast.BinOp(left, kind(), right, **nodes.span(start, end))

    def _typed(self, *parts: ast.expr) -> str:
        start, end = self._ends(parts[0])[0], self._ends(parts[-1])[1]
        return shorten(self._text[start:end], 24)

    # -- what is wrong ----------------------------------------------------------------------------

    def _not_bad(self, token: Token) -> None:
        if token.kind is Kind.BAD:
            self._refuse(token.text, token)

    def _refuse(self, code: str, token: Token) -> NoReturn:
        fail(code, token.start, text=shorten(self._text[token.start : token.end], 24))

    def _syntax(self, token: Token) -> NoReturn:
        fail("formula.syntax", token.start, text=shorten(self._text[token.start :], 24))
