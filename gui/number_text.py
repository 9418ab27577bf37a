"""Read numbers as people write them, and write them back, without eval."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QCoreApplication, QLocale

from gui.i18n import QT_TRANSLATE_NOOP

NOT_A_NUMBER = QT_TRANSLATE_NOOP(
    "numbers", "'{text}' is not a number; write 0.1, 1e-3, 2^-4 or 1/3"
)
EMPTY = QT_TRANSLATE_NOOP("numbers", "a number is wanted here")
NOT_FINITE = QT_TRANSLATE_NOOP("numbers", "'{text}' has no finite value")
BELOW = QT_TRANSLATE_NOOP("numbers", "{value} is too small; the least is {low}")
ABOVE = QT_TRANSLATE_NOOP("numbers", "{value} is too large; the most is {high}")
NOT_WHOLE = QT_TRANSLATE_NOOP("numbers", "{value} is not a whole number")
TOO_LONG = QT_TRANSLATE_NOOP("numbers", "this is too long for a number")

MAX_LENGTH = 200
# Plain, no-break, thin, narrow no-break and figure spaces.
SPACES = " \u00a0\u2009\u202f\u2007"
TRANSLATION = str.maketrans(
    {
        "\u2212": "-",  # minus sign
        "\u2013": "-",  # en dash
        "\u0435": "e",  # Cyrillic e, as typed on a Russian keyboard
        "\u0415": "e",
        "E": "e",
        "\u00d7": "*",
        "\u00b7": "*",
        "\u22c5": "*",
        "\u00f7": "/",
        "\u2044": "/",
        ",": ".",
    }
)
GROUPED = re.compile(rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)")
NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?"
# A factor is a number with an optional power: 2^-4, 10^-3, -0.5.
FACTOR = re.compile(rf"\s*([+-]?)\s*({NUMBER})\s*(?:(?:\^|\*\*)\s*([+-]?\s*{NUMBER}))?\s*")


class NumberError(ValueError):
    """A text that is no usable number; `str()` is the translated reason."""

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(QCoreApplication.translate("numbers", template).format(**fields))


def parse(
    text: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    integer: bool = False,
) -> float:
    """The value of a number written by hand.

    Understands a decimal point or comma, groups of three digits set apart by any
    space, `1e-3` (with a Cyrillic letter too), powers, products and quotients of
    numbers (`2^-4`, `1/3`, `3*10^-4`), per cent, and typographic minus signs. One
    comma is always the decimal sign, in every language.

    Raises:
        NumberError: the text is nonsense, not finite, or out of range.
    """
    shown = " ".join(text.split())
    if not shown:
        raise NumberError(EMPTY)
    if len(shown) > MAX_LENGTH:
        raise NumberError(TOO_LONG)
    value = evaluate(shown)
    if not math.isfinite(value):
        raise NumberError(NOT_FINITE, text=shown)
    if integer:
        if value != round(value):
            raise NumberError(NOT_WHOLE, value=write(value))
        value = float(round(value))
    if minimum is not None and value < minimum:
        raise NumberError(BELOW, value=write(value), low=write(minimum))
    if maximum is not None and value > maximum:
        raise NumberError(ABOVE, value=write(value), high=write(maximum))
    return value


def evaluate(shown: str) -> float:
    """Products and quotients of factors, left to right."""
    clean = GROUPED.sub(join_groups, shown).translate(TRANSLATION)
    percent = clean.endswith("%")
    rest = clean.removesuffix("%")
    value, operator = 1.0, "*"
    try:
        while True:
            found = FACTOR.match(rest)
            if found is None:
                raise NumberError(NOT_A_NUMBER, text=shown)
            factor = power(found)
            value = value * factor if operator == "*" else value / factor
            rest = rest[found.end() :]
            if not rest:
                return value / 100 if percent else value
            operator, rest = rest[0], rest[1:]
            if operator not in "*/":
                raise NumberError(NOT_A_NUMBER, text=shown)
    except (OverflowError, ZeroDivisionError):
        raise NumberError(NOT_FINITE, text=shown) from None


def join_groups(found: re.Match[str]) -> str:
    return re.sub(rf"[{SPACES}]", "", found[0])


def power(found: re.Match[str]) -> float:
    """A factor's value; the sign belongs to the whole power, as in -2^2 = -4."""
    value = float(found[2])
    if found[3] is not None:
        value = value ** float(re.sub(r"\s", "", found[3]))
    return -value if found[1] == "-" else value


def write(value: float, *, digits: int = 6, locale: QLocale | None = None) -> str:
    """A number in the locale's decimal sign: at most `digits` figures, short exponents.

    What is written is read back by `parse` as the same value to those figures.
    """
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    point = (locale or QLocale()).decimalPoint()
    return text.replace(".", point).replace("-", "−", 1) if value < 0 else text.replace(".", point)


def write_metric(value: float) -> str:
    """A figure of COCO's table with three decimals; a dash for its -1: there is nothing to find."""
    return QLocale().toString(float(value), "f", 3) if value >= 0 else "–"
