"""The text of a compiled step: blocks of points, within them the steps, within them the lines.

A block's points stay in the cache and are computed several at once by the processor's vector
units. What is the same for all points (Adam's beta^t, the rate of the step) is computed once a
step and read from a table.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.descent.compiled.operations import WRITTEN, Number
from engine.descent.compiled.trace import PLACE, Line, Step

BLOCK = 64  # points


@dataclass(frozen=True)
class Source:
    """What numba compiles.

    Attributes:
        text: two functions, `prepare(constants, table)` and `descend(points, state, rows,
            table, minima, reach, every, found, first, last)`.
        constants: the columns of `constants` (T, C), a row a step.
        rows: constants that differ from point to point, the rows of `rows` (R, N).
        state: the rows of `state` (S, N).
        columns: how many numbers a step `prepare` writes into `table` (T, K).
    """

    text: str
    constants: tuple[str, ...]
    rows: tuple[str, ...]
    state: tuple[str, ...]
    columns: int


def write(step: Step, by_row: tuple[str, ...]) -> Source:
    """The source of a step.

    Args:
        by_row: constants of the step that differ from point to point.
    """
    rows = tuple(name for name in by_row if name in step.constants)
    constants = tuple(name for name in step.constants if name not in rows)
    kept = (*PLACE, *step.state, *rows)
    after = (*step.point, *step.state.values())
    shared, each = _part(step.lines, set(kept))
    used = {part for line in each for part in line.parts} | set(after)
    made = [*constants, *(line.result for line in shared)]
    columns = tuple(name for name in made if name in used)
    prepare = [
        "def prepare(constants, table):",
        "    for t in range(constants.shape[0]):",
        *(f"        {name} = constants[t, {place}]" for place, name in enumerate(constants)),
        *(f"        {_write(line)}" for line in shared),
        *(f"        table[t, {place}] = {name}" for place, name in enumerate(columns)),
        "        pass",
    ]
    # Rows of `block`: the point, the state, what differs from point to point.
    arrays = [("points", len(PLACE)), ("state", len(step.state)), ("rows", len(rows))]
    places = [f"{array}[{row}, n]" for array, count in arrays for row in range(count)]
    results = list(enumerate(places[: len(after)]))
    descend = [
        "def descend(points, state, rows, table, minima, reach, every, found, first, last):",
        f"    block = np.empty(({len(kept)}, {BLOCK}))",
        f"    near = np.empty((2, {BLOCK}), np.int64)",
        "    steps = table.shape[0]",
        f"    for begin in range(first, last, {BLOCK}):",
        f"        for i in range({BLOCK}):",
        "            n = min(begin + i, last - 1)",  # a block is always full
        "            near[1, i] = -1",
        *(f"            block[{row}, i] = {place}" for row, place in enumerate(places)),
        "        for t in range(steps):",
        "            if every > 0 and t % every == 0:",
        "                watch(block, near, minima, reach, t)",
        *(f"            {name} = table[t, {place}]" for place, name in enumerate(columns)),
        f"            for i in range({BLOCK}):",
        *(f"                {name} = block[{row}, i]" for row, name in enumerate(kept)),
        *(f"                {_write(line)}" for line in each),
        *(f"                block[{row}, i] = {_text(part)}" for row, part in enumerate(after)),
        "        if every > 0:",
        "            watch(block, near, minima, reach, steps)",
        f"        for i in range(min({BLOCK}, last - begin)):",
        "            n = begin + i",
        "            if every > 0:",
        "                found[0, n] = near[0, i]",
        "                found[1, n] = near[1, i]",
        *(f"            {place} = block[{row}, i]" for row, place in results),
    ]
    text = "\n".join((*prepare, "", *descend, ""))
    return Source(text, constants, rows, tuple(step.state), len(columns))


def _part(lines: tuple[Line, ...], varying: set[str]) -> tuple[list[Line], list[Line]]:
    """The lines that are the same for all points, and the others."""
    shared, each = [], []
    for line in lines:
        # A number in single precision would lose its kind in the table.
        if line.operation == "single" or not varying.isdisjoint(line.parts):
            varying.add(line.result)
            each.append(line)
        else:
            shared.append(line)
    return shared, each


def _write(line: Line) -> str:
    return f"{line.result} = {WRITTEN[line.operation].format(*map(_text, line.parts))}"


def _text(part: Number) -> str:
    """A variable's name, or a number that Python reads back as the same one."""
    if isinstance(part, str):
        return part
    if part != part:
        return "np.nan"
    if part in (float("inf"), float("-inf")):
        return "np.inf" if part > 0 else "(-np.inf)"
    return f"({part!r})" if str(part).startswith("-") else repr(part)
