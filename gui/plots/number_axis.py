"""Axes with numbers as people read them: local decimal signs, powers as superscripts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gui import number_text, theme
from gui.plots.quick_axis import QuickAxis

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# Fewer decades than this also get numbers between the powers of ten.
FEW_DECADES = 2.0


def power_of_ten(exponent: int) -> str:
    """10 with a raised exponent; short numbers as they are."""
    if exponent in (0, 1, 2):
        return str(10**exponent)
    return f"10{str(exponent).translate(SUPERSCRIPTS)}"


def few_decades(low: float, high: float, room: float) -> list[float]:
    """Exponents of round numbers between two exponents, at most about `room` of them."""
    decades = range(int(low // 1), int(high // 1) + 1)
    for rungs in ((1, 2, 3, 4, 5, 6, 8), (1, 2, 5), (1, 3), (1,)):
        values = [decade + math.log10(rung) for decade in decades for rung in rungs]
        inside = [value for value in values if low <= value <= high]
        if len(inside) <= room:
            break
    return inside if len(inside) > 1 else part_of_decade(low, high, room)


def part_of_decade(low: float, high: float, room: float) -> list[float]:
    """Exponents of evenly spaced round numbers, where powers of ten leave an axis bare."""
    start, end = 10.0**low, 10.0**high
    least = (end - start) / max(2.0, min(room, 5.0))
    decade = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    step = next(rung * decade for rung in (1, 2, 5, 10) if rung * decade >= least)
    places = range(math.ceil(start / step), math.floor(end / step) + 1)
    return [math.log10(place * step) for place in places if place > 0]


class NumberAxis(QuickAxis):
    """An axis of plain or logarithmic numbers; with `setLogMode` values are exponents."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=-4, maxTickLevel=0)
        self.restyle()

    def restyle(self, *, size_px: int = 11) -> None:
        """Take the theme's colours; `size_px` is the height of the numbers."""
        colors = theme.current()
        font = theme.tabular(self.font())
        font.setPixelSize(size_px)
        self.setTickFont(font)
        self.setPen(colors.color("border"))
        self.setTextPen(colors.color("muted"))

    def set_title(self, title: str, *, size_px: int = 12) -> None:
        color = theme.current().muted
        self.setLabel(title, **{"color": color, "font-size": f"{size_px}px"})

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, list[float]]]:
        if not self.logMode:
            result: list[tuple[float, list[float]]] = super().tickValues(minVal, maxVal, size)
            return result
        span = maxVal - minVal
        room = max(2.0, size / (22 if self.orientation in ("left", "right") else 46))
        if span < FEW_DECADES:
            return [(1.0, few_decades(minVal, maxVal, room))]
        every = max(1, -int(-span // min(room, 7)))
        first = -int(-minVal // every) * every
        values = [float(value) for value in range(first, int(maxVal // 1) + 1, every)]
        return [(float(every), values)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if not self.logMode:
            return [number_text.write(float(f"{value * scale:.10g}"), digits=6) for value in values]
        return [
            power_of_ten(round(value))
            if abs(value - round(value)) < 1e-9
            else number_text.write(10.0**value, digits=4)
            for value in values
        ]
