"""A formula's text in pieces, each with its place in what was typed.

A piece is a number, a name, a function, a sign, a bracket or a power. What was
written in another way than a formula keeps it (a Cyrillic letter, a decimal
comma, `xy` for a product) is noted, so that it can be said.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from engine.descent.surfaces.formula_words import (
    ALIASES,
    BARS,
    CONSTANTS,
    CYRILLIC,
    FUNCTIONS,
    GREEK,
    LATEX_BARS,
    LATEX_FRACTIONS,
    LATEX_NAMES,
    LATEX_SIGNS,
    LATEX_SIZES,
    LATEX_SPACES,
    ROOTS,
    SIGNS,
    SUPERSCRIPTS,
    VALUES,
)
from engine.errors import Note, note, shorten


class Kind(Enum):
    """What a piece is."""

    NUMBER = auto()
    NAME = auto()
    FUNCTION = auto()
    SIGN = auto()
    OPEN = auto()  # ( or {
    CLOSE = auto()
    BAR = auto()
    COMMA = auto()  # between arguments
    POWER = auto()  # a raised number; `text` is the number
    ROOT = auto()  # `text` is its degree
    FRACTION = auto()
    BAD = auto()  # `text` is the code of what is wrong
    END = auto()


@dataclass(frozen=True)
class Token:
    """A piece of a formula.

    Attributes:
        text: as a formula keeps it.
        start, end: its place in the typed text.
        joined: written as one word with the piece before, as the y of `xy`.
    """

    kind: Kind
    text: str
    start: int
    end: int
    joined: bool = False


_PLAIN = {Kind.NUMBER, Kind.NAME, Kind.FUNCTION, Kind.SIGN, Kind.OPEN, Kind.CLOSE, Kind.COMMA}
_BLANK = re.compile(r"\s+")
_DOLLARS = re.compile(r"\$\$?|\\[()\[\]]")
_HEAD = re.compile(r"(?:[A-Za-z]\s*\(\s*x\s*[,;]\s*y\s*\)|z|f)\s*=(?!=)")
# Possessive, so that 2e3 is one number and never a 2 before a name.
_NUMBER = re.compile(r"(?:\d++\.?+\d*+|\.\d++)(?:[eE][+-]?\d++)?+", re.ASCII)
_DECIMAL_COMMA = re.compile(r"(?<![\w.,])\d++,\d++(?:[eE][+-]?\d++)?+", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_GREEK = re.compile(rf"[{''.join(GREEK)}][0-9]*")
_POWER = re.compile(rf"[⁺⁻]?[{''.join(SUPERSCRIPTS)}]+")
_SIGN = re.compile("|".join(map(re.escape, sorted(SIGNS, key=len, reverse=True))))
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_UPRIGHT = re.compile(r"\\(?:operatorname|mathrm|text|mathit)\s*\{\s*([A-Za-z]+)\s*\}")
_SHORT_FRACTION = re.compile(r"\\[dt]?frac\s*([0-9A-Za-z])\s*([0-9A-Za-z])")
_SQUARE_ROOT = re.compile(r"\\sqrt(?![A-Za-z])\s*(?:\[\s*(\d{1,3})\s*\])?")
_SIZED_BRACKET = re.compile(r"\s*([(\[{|.)\]}]|\\[{}|])")
_ARGUMENT = re.compile(r"\s*[\w({|√∛∜\\]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)", re.ASCII)
_SEVERAL = re.compile(
    rf"\b(?:{'|'.join(name for name, (count, _) in FUNCTIONS.items() if count > 1)})"
    r"\s*(?:\\left)?\s*$",
    re.IGNORECASE,
)
_PART = r"(?:pi|[xyeXY])"
_PRODUCT = re.compile(rf"{_PART}{{2,}}")
_OF_ONE = (*ALIASES, *(name for name, (count, _) in FUNCTIONS.items() if count == 1))
_APPLIED = re.compile(rf"({'|'.join(sorted(_OF_ONE, key=len, reverse=True))})([0-9]*)({_PART}+)")


class Lexer:
    """Parts a text; what is wrong ends it with a `BAD` piece, to be said when it is reached.

    Args:
        text: as typed.
        known: names that are the user's own and win over every other reading.
    """

    def __init__(self, text: str, known: Collection[str]) -> None:
        self.notes: dict[Note, None] = {}
        self.plain = True  # every piece is typed as a formula keeps it
        self._text = text
        self._latin = "".join(CYRILLIC.get(letter, letter) for letter in text)
        self._known = known
        self._tokens: list[Token] = []

    def split(self) -> list[Token]:
        """The pieces, the last of them `END` or `BAD`."""
        place, end = self._bounds()
        separators = _separators(self._latin)
        while place < end and not (self._tokens and self._tokens[-1].kind is Kind.BAD):
            place = self._take(place, separators)
        if not self._tokens or self._tokens[-1].kind is not Kind.BAD:
            self._add(Kind.END, "", len(self._text.rstrip()), len(self._text))
        return self._tokens

    def _bounds(self) -> tuple[int, int]:
        """Where the expression stands: without `$`, and without `f(x, y) =` before it."""
        first = len(self._text) - len(self._text.lstrip())
        start, end = first, len(self._text.rstrip())
        if opened := _DOLLARS.match(self._text, start, end):
            start = opened.end()
            for close in ("$$", "$", r"\)", r"\]"):
                if self._text.endswith(close, start, end):
                    end -= len(close)
                    break
        if head := _HEAD.match(self._latin, _skip(self._text, start), end):
            start = head.end()
        self.plain &= start == first
        return start, end

    def _add(self, kind: Kind, text: str, start: int, end: int, *, joined: bool = False) -> None:
        typed = self._text[start:end].replace("**", "^")
        plain = kind in _PLAIN and text == typed and typed not in ("{", "}", ";")
        self.plain &= plain or kind is Kind.END
        self._tokens.append(Token(kind, text, start, end, joined))

    def _take(self, place: int, separators: set[int]) -> int:
        """One piece; gives the place after it."""
        latin, letter = self._latin, self._latin[place]
        if blank := _BLANK.match(latin, place):
            return blank.end()
        if (number := _DECIMAL_COMMA.match(latin, place)) and not any(
            at in separators for at in range(place, number.end())
        ):
            written = number[0].replace(",", ".")
            self._say("formula.read", place, number.end(), written)
            return self._put(Kind.NUMBER, written, place, number.end())
        if number := _NUMBER.match(latin, place):
            return self._put(Kind.NUMBER, number[0], place, number.end())
        if name := _NAME.match(latin, place):
            return self._name(name[0], place, name.end())
        if greek := _GREEK.match(latin, place):
            written = GREEK[letter] + greek[0][1:]
            if written not in CONSTANTS:
                self._say("formula.read", place, greek.end(), written)
            return self._put(Kind.NAME, written, place, greek.end())
        if power := _POWER.match(latin, place):
            written = "".join(SUPERSCRIPTS[sign] for sign in power[0])
            if not re.fullmatch(r"[+-]?\d+", written):
                return self._refuse("formula.character", place, power.end())
            return self._put(Kind.POWER, written, place, power.end())
        if sign := _SIGN.match(latin, place):
            return self._put(Kind.SIGN, SIGNS[sign[0]], place, sign.end())
        if letter == "\\":
            return self._command(place)
        simple = {
            **dict.fromkeys("({", Kind.OPEN),
            **dict.fromkeys(")}", Kind.CLOSE),
            **dict.fromkeys(BARS, Kind.BAR),
            **dict.fromkeys(",;", Kind.COMMA),
            **dict.fromkeys(ROOTS, Kind.ROOT),
        }
        if letter in simple:
            return self._put(simple[letter], str(ROOTS.get(letter, letter)), place, place + 1)
        cyrillic = "Ѐ" <= letter <= "ӿ"
        return self._refuse(
            "formula.cyrillic" if cyrillic else "formula.character", place, place + 1
        )

    def _put(self, kind: Kind, text: str, start: int, end: int) -> int:
        self._add(kind, text, start, end)
        return end

    def _refuse(self, code: str, start: int, end: int) -> int:
        return self._put(Kind.BAD, code, start, end)

    def _say(self, code: str, start: int, end: int, written: str) -> None:
        self.notes[note(code, text=shorten(self._text[start:end], 24), read=written)] = None

    # -- names ----------------------------------------------------------------------------------

    def _name(self, name: str, start: int, end: int) -> int:
        """A word: what is known, else a product, a function and its argument, or a free name."""
        for place in range(start, end):
            if self._text[place] != self._latin[place]:
                code = "formula.read_cyrillic"
                self._say(code, place, place + 1, self._latin[place])
        if name in self._known or name in ("x", "y") or name in CONSTANTS:
            return self._put(Kind.NAME, name, start, end)
        if name in VALUES or (name.endswith("_") and self._latin[end : end + 1] == "{"):
            return self._refuse("formula.not_allowed", start, end)
        small = name.lower()
        argument = _ARGUMENT.match(self._latin, end) is not None
        if name in FUNCTIONS:
            return self._put(Kind.FUNCTION, name, start, end)
        if (small in FUNCTIONS or small in ALIASES) and argument:
            written = ALIASES.get(small, small)
            self._say("formula.read", start, end, written)
            return self._put(Kind.FUNCTION, written, start, end)
        if name in ("X", "Y") or small == "pi":
            self._say("formula.read", start, end, small)
            return self._put(Kind.NAME, small, start, end)
        if _PRODUCT.fullmatch(name):
            self._say("formula.read", start, end, "*".join(_parts(name)))
            return self._product(name, start)
        if applied := _APPLIED.fullmatch(name):
            word, number, factors = applied.groups()
            inner = "*".join(filter(None, (number, *_parts(factors))))
            function = ALIASES.get(word, word)
            self._say("formula.read", start, end, f"{function}({inner})")
            place = self._put(Kind.FUNCTION, function, start, start + len(word))
            if number:
                place = self._put(Kind.NUMBER, number, place, place + len(number))
            return self._product(factors, place)
        return self._put(Kind.NAME, name, start, end)

    def _product(self, name: str, start: int) -> int:
        place = start
        for index, part in enumerate(re.findall(_PART, name)):
            self._add(Kind.NAME, part.lower(), place, place + len(part), joined=index > 0)
            place += len(part)
        return place

    # -- LaTeX ----------------------------------------------------------------------------------

    def _command(self, place: int) -> int:
        """LaTeX: `\\frac`, `\\sqrt`, `\\sin`, `\\cdot`, `\\left(`, Greek letters, spaces."""
        latin = self._latin
        if upright := _UPRIGHT.match(latin, place):
            return self._upright(upright)
        if fraction := _SHORT_FRACTION.match(latin, place):
            return self._short_fraction(fraction, place)
        if root := _SQUARE_ROOT.match(latin, place):
            return self._put(Kind.ROOT, root[1] or "2", place, root.end())
        command = _COMMAND.match(latin, place)
        if command is None:
            if latin[place + 1 : place + 2] in tuple(",;:! "):
                return place + 2
            return self._refuse("formula.character", place, min(place + 2, len(latin)))
        name, end = command[1], command.end()
        if name in LATEX_SIZES:
            return self._sized(end)
        if name in LATEX_SPACES:
            return end
        if name in LATEX_FRACTIONS:
            return self._put(Kind.FRACTION, name, place, end)
        if name in LATEX_SIGNS:
            return self._put(Kind.SIGN, LATEX_SIGNS[name], place, end)
        if name in LATEX_BARS:
            return self._put(Kind.BAR, "|", place, end)
        if name in LATEX_NAMES:
            written = ALIASES.get(LATEX_NAMES[name], LATEX_NAMES[name])
            kind = Kind.FUNCTION if written in FUNCTIONS else Kind.NAME
            return self._put(kind, written, place, end)
        return self._refuse("formula.character", place, end)

    def _sized(self, place: int) -> int:
        """The bracket after `\\left` and the like; square ones are round here."""
        bracket = _SIZED_BRACKET.match(self._latin, place)
        if bracket is None:
            return place  # `\displaystyle`, or a bracket of another kind, which is refused
        sign = bracket[1][-1]
        if sign in "([{":
            return self._put(Kind.OPEN, "(", bracket.start(1), bracket.end())
        if sign in ")]}":
            return self._put(Kind.CLOSE, ")", bracket.start(1), bracket.end())
        if sign == "|":
            return self._put(Kind.BAR, "|", bracket.start(1), bracket.end())
        return self._refuse("formula.character", bracket.start(1), bracket.end())

    def _upright(self, match: re.Match[str]) -> int:
        """The name in `\\mathrm{...}`."""
        name = match[1]
        if name in ALIASES or name in FUNCTIONS:
            return self._put(Kind.FUNCTION, ALIASES.get(name, name), match.start(), match.end())
        self._name(name, match.start(1), match.end(1))
        return match.end()

    def _short_fraction(self, match: re.Match[str], place: int) -> int:
        """`\\frac12` is (1/2)."""
        self._add(Kind.OPEN, "(", place, match.start(1))
        for group in (1, 2):
            kind = Kind.NUMBER if match[group].isdigit() else Kind.NAME
            self._add(kind, match[group], match.start(group), match.end(group))
            if group == 1:
                self._add(Kind.SIGN, "/", match.start(2), match.start(2))
        return self._put(Kind.CLOSE, ")", match.end(), match.end())


def _parts(name: str) -> list[str]:
    """`Xpi` -> x, pi."""
    return [part.lower() for part in re.findall(_PART, name)]


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _separators(text: str) -> set[int]:
    """The commas that part arguments, though digits stand on both sides of them.

    Within the brackets of a function of several arguments a comma between digits parts them,
    unless another comma or a semicolon there does: max(1,5) is of 1 and 5, max(1,5; x) of 1.5
    and x. Everywhere else it is a decimal comma.
    """
    tight = {match.start() for match in _BETWEEN_DIGITS.finditer(text)}
    found: set[int] = set()
    stack: list[tuple[bool, list[int], list[int]]] = [(False, [], [])]
    for place, letter in enumerate(text):
        if letter in "({":
            several = letter == "(" and _SEVERAL.search(text, max(0, place - 16), place)
            stack.append((bool(several), [], []))
        elif letter in ")}" and len(stack) > 1:
            found |= _parting(*stack.pop())
        elif letter in ",;":
            _, between, others = stack[-1]
            (between if place in tight else others).append(place)
    for level in stack:
        found |= _parting(*level)
    return found


def _parting(several: bool, between: list[int], others: list[int]) -> set[int]:
    """Of the commas in one pair of brackets those between digits that part arguments."""
    return set(between) if several and not others else set()
