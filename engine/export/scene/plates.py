"""How large the plates of legends are, and where on a plot they find a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.export.scene.box import Box
from engine.export.scene.records import Key, Legend, Lens, Plot

KEY_PX, PAD_PX, AWAY_PX, TYPE_PX, ROW_PX = 44.0, 8.0, 10.0, 13.0, 22.0
LENS_SCALE_PX = 20.0  # height of the plate with a lens's scale
ENTRY_GAP = 16.0  # between entries in one row
SCALES = (1.0, 0.8, 0.62)  # of a plate's type, where it does not fit else
MOST_WIDTH, MOST_HEIGHT = 0.62, 0.97  # of the plot; the smallest may be as wide as high
LETTER = 0.54  # the width of an average letter, as a part of the type
CORNERS = (
    (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.5), (0.0, 0.5), (0.5, 1.0), (0.5, 0.0)
)  # fmt: skip

Measure = Callable[[str, float, bool], float]  # a text's width, its size, whether it is bold
Entry = tuple[Key | None, str, str]  # a key, the text, and its role: "title", "key" or "note"


def estimated(text: str, size: float, bold: bool) -> float:
    """A text's width, without the type itself."""
    return len(text) * size * LETTER * (1.06 if bold else 1.0)


def plate_size(legend: Legend, measure: Measure, scale: float) -> tuple[float, float]:
    """Width and height of a plate in pixels."""
    size, pad = TYPE_PX * scale, PAD_PX * scale
    key = KEY_PX * scale + pad
    widths = [key + measure(each.text, size, False) for each in legend.keys]
    widths += [measure(note, size, False) for note in legend.notes]
    widths.append(measure(legend.title, size, True) if legend.title else 0.0)
    rows = len(legend.keys) + len(legend.notes) + bool(legend.title)
    return max(widths) + 2 * pad, rows * ROW_PX * scale + pad


def free_place(
    area: Box, legend: Legend, measure: Measure, scale: float, share: float, taken: Sequence[Box]
) -> Box | None:
    """Where a plate stands: in its own corner, or in another one that is free.

    Args:
        scale: of its type in all.
        share: of its usual type.
    """
    width, height = plate_size(legend, measure, scale)
    widest = MOST_HEIGHT if share <= SCALES[-1] else MOST_WIDTH
    if width > area.width * widest or height > MOST_HEIGHT * area.height:
        return None
    others = [place for place in CORNERS if place != legend.place]
    for across, down in (legend.place, *others):
        left = area.left + AWAY_PX + across * (area.width - width - 2 * AWAY_PX)
        top = area.top - AWAY_PX - down * (area.height - height - 2 * AWAY_PX)
        box = Box(left, top - height, width, height)
        if not any(box.overlaps(other) for other in taken):
            return box
    return None


def lens_boxes(area: Box, plot: Plot, scale: float) -> list[Box]:
    """Where the lenses over a plot are, with their scales below them."""
    x0, x1, *_ = plot.view
    boxes = []
    for lens in plot.layers:
        if isinstance(lens, Lens):
            width = 2 * lens.reach * lens.times * area.width / (x1 - x0)
            height = width + 0.6 * LENS_SCALE_PX * scale
            across, down = lens.place
            left = area.left + AWAY_PX + across * (area.width - width - 2 * AWAY_PX)
            top = area.top - AWAY_PX - down * (area.height - height - 2 * AWAY_PX)
            boxes.append(Box(left, top - height, width, height))
    return boxes


def glass_of(box: Box) -> Box:
    """What no plate may cover of a lens: its corners are free, and type differs in width."""
    return Box(
        box.left + 0.14 * box.width,
        box.bottom + 0.1 * box.height,
        0.72 * box.width,
        0.8 * box.height,
    )


def crowded(
    area: Box, legends: Sequence[Legend], scale: float, lenses: Sequence[Box] = ()
) -> tuple[Legend, ...]:
    """The legends that find no place over a plot without small type, beside its lenses."""
    out: list[Legend] = []
    taken = [glass_of(box) for box in lenses]
    for legend in legends:
        box = next(
            filter(
                None,
                (
                    free_place(area, legend, estimated, scale * share, share, taken)
                    for share in SCALES[:2]
                ),
            ),
            None,
        )
        if box is None or box.width * box.height > 0.3 * area.width * area.height:
            out.append(legend)
        else:
            taken.append(box)
    return tuple(out)


def rows_of(legends: Sequence[Legend], width: float, scale: float) -> list[list[Entry]]:
    """The entries of legends in rows that fit into a width; each legend begins a new row."""
    rows: list[list[Entry]] = []
    for legend in legends:
        entries: list[Entry] = [(None, legend.title, "title")] if legend.title else []
        entries += [(key, key.text, "key") for key in legend.keys]
        entries += [(None, note, "note") for note in legend.notes]
        row: list[Entry] = []
        used = 0.0
        for entry in entries:
            wide = entry_width(entry, estimated, scale)
            if row and used + wide > width:
                rows.append(row)
                row, used = [], 0.0
            row.append(entry)
            used += wide
        rows.append(row)
    return [row for row in rows if row]


def entry_width(entry: Entry, measure: Measure, scale: float) -> float:
    """Of an entry of a row, with the gap after it."""
    key, text, role = entry
    before = (KEY_PX + PAD_PX) * scale if key is not None else 0.0
    return before + measure(text, TYPE_PX * scale, role == "title") + ENTRY_GAP * scale
