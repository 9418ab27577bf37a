"""A row of the table of measurements."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One number and what it is held against.

    Attributes:
        claim: what was measured, in words.
        measured: the number.
        unit: of the number, such as "ms", "s", "x" or "%".
        limit: the most it may be; None for a number that is only reported.
        at_least: the limit is the least, not the most.
        note: how, or on what.
    """

    claim: str
    measured: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def held(self) -> bool:
        """Whether the number keeps its limit."""
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def percentile(values: list[float], percent: float) -> float:
    """The smallest value that `percent` of all values do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def markdown(rows: list[Row]) -> str:
    """The table as it stands in the README."""
    lines = ["| what | measured | limit |", "|---|---|---|"]
    for row in rows:
        limit = (
            "" if row.limit is None else f"{'≥' if row.at_least else '≤'} {row.limit:g} {row.unit}"
        )
        what = f"{row.claim} ({row.note})" if row.note else row.claim
        lines.append(f"| {what} | {row.measured:.3g} {row.unit} | {limit.rstrip()} |")
    return "\n".join(lines)
