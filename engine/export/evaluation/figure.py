"""An evaluation as a figure for a paper: curves, confusion, reliability, losses by gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.atomic_write import replacing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLES = {"bbox": "boxes", "segm": "masks", "keypoints": "keypoints"}
SIZE = (11.69, 8.27)  # inches: A4, lying
# Okabe and Ito's colours, told apart by all, each with a dash of its own.
SERIES = (
    ("#0072b2", "-"),
    ("#d55e00", "--"),
    ("#009e73", "-."),
    ("#cc79a7", ":"),
    ("#56b4e9", "-"),
    ("#e69f00", "--"),
    ("#7f7f7f", "-."),
    ("#8c564b", ":"),
)
MOST_NUMBERS = 16  # classes up to which a count fits into its cell
FONT_SIZE = 8.0


def write(path: Path, report: Mapping[str, Any], *, dpi: float = 150) -> None:
    """Write the figure; the file's ending chooses PNG, SVG or PDF.

    Raises:
        ExportError: it cannot be written.
    """
    kind = path.suffix.lstrip(".").lower()
    figure = draw(report)
    with replacing(path) as temporary:
        figure.savefig(temporary, format=kind if kind in ("svg", "pdf") else "png", dpi=dpi)


def draw(report: Mapping[str, Any]) -> Figure:
    """A page: a plot of curves a kind, and below them what boxes tell."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    kinds = list(report["curves"])
    below = [name for name in ("confusion", "calibration", "gates") if name in report]
    with rc_context({"font.size": FONT_SIZE}):
        figure = Figure(figsize=SIZE, layout="constrained")
        FigureCanvasAgg(figure)
        if len(kinds) == 1:
            plots = _grid([*kinds, *below], 2)
        else:
            width = max(len(kinds), len(below))
            plots = [*_grid(kinds, width), *_grid(below, width)]
        axes: dict[str, Axes] = figure.subplot_mosaic(  # it knows lists, not of what they are
            plots,  # type: ignore[arg-type]
            empty_sentinel="",
        )
        for kind in kinds:
            draw_curves(axes[kind], report["curves"][kind], title=TITLES[kind])
        for name, draw_part in (
            ("confusion", draw_confusion),
            ("calibration", draw_reliability),
            ("gates", draw_gates),
        ):
            if name in axes:
                draw_part(axes[name], report[name])
        figure.suptitle(heading(report))
    return figure


def _grid(names: Sequence[str], width: int) -> list[list[str]]:
    filled = [*names, *[""] * (-len(names) % width)]
    return [filled[start : start + width] for start in range(0, len(filled), width)]


def heading(report: Mapping[str, Any]) -> str:
    """What was measured, and AP of each kind."""
    parts = [f"{report['pictures']} pictures", f"{report['objects']} objects"]
    if "step" in report:
        parts.insert(0, f"step {report['step']}")
    parts += [f"{TITLES[kind]} AP {report[kind]['AP']:.3f}" for kind in report["curves"]]
    return ", ".join(parts)


def draw_curves(axes: Axes, curves: Mapping[str, Any], *, title: str) -> None:
    """Precision over recall at IoU .50, of the classes with most objects and of all."""
    ordered = sorted(curves["classes"].items(), key=lambda item: -item[1]["objects"])
    for (name, told), (color, dash) in zip(ordered, SERIES, strict=False):
        curve = told["AP50"]
        axes.plot(
            curves["recall"], curve["precision"], color=color, linestyle=dash, linewidth=1.2,
            label=f"{name} {curve['AP']:.3f}",
        )  # fmt: skip
        best = curve["best"]
        if best["f1"] > 0:
            point = best["recall"], best["precision"]
            axes.plot(*point, "o", color=color, markersize=3.5, clip_on=False)
    if len(ordered) > 1:
        mean = curves["mean"]["AP50"]
        axes.plot(
            curves["recall"], mean["precision"], color="black", linewidth=2.2, alpha=0.7,
            label=f"mean {mean['AP']:.3f}",
        )  # fmt: skip
    left = len(ordered) - len(SERIES)
    more = f", the {len(SERIES)} most frequent of {len(ordered)} classes" if left > 0 else ""
    axes.set(
        title=f"Precision and recall, {title}{more}", xlabel="recall",
        ylabel="precision at IoU .50", xlim=(0, 1), ylim=(0, 1.03),
    )  # fmt: skip
    axes.grid(alpha=0.25)
    if ordered:
        _legend_below(axes, columns=3, title="AP50; dot: best F1")


def _legend_below(axes: Axes, *, columns: int, title: str | None = None) -> None:
    """Where it covers no curve and no bar."""
    axes.legend(
        title=title, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=columns, frameon=False
    )


def draw_confusion(axes: Axes, confusion: Mapping[str, Any]) -> None:
    """Shares of each row as shades, with the counts."""
    counts = np.asarray(confusion["counts"], float)
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    names = [*confusion["classes"], "nothing"]
    places = range(len(names))
    if len(confusion["classes"]) <= MOST_NUMBERS:
        for row in places:
            for column in places:
                if counts[row, column]:
                    axes.text(
                        column, row, f"{int(counts[row, column])}", ha="center", va="center",
                        color="white" if shares[row, column] > 0.55 else "black",
                    )  # fmt: skip
        axes.set_xticks(places, names, rotation=40, ha="right", rotation_mode="anchor")
        axes.set_yticks(places, names)
        more = ""
    else:
        more = f", class by its number from 0; {len(names) - 1} is nothing"
    axes.set(
        title=f"Confusion above score {confusion['score']:g}, IoU {confusion['iou']:g}",
        xlabel=f"detection{more}", ylabel="object",
    )  # fmt: skip


def draw_reliability(axes: Axes, calibration: Mapping[str, Any]) -> None:
    """The share of true boxes in each bin of scores, and how many there are."""
    bins = calibration["bins"]
    for entry in bins:
        width = entry["to"] - entry["from"]
        middle = entry["from"] + width / 2
        axes.bar(middle, entry["true"], width * 0.92, color="#56b4e9", edgecolor="#0072b2")
        axes.text(middle, entry["true"] + 0.012, f"{entry['boxes']}", ha="center", va="bottom")
    axes.plot([0, 1], [0, 1], "--", color="black", linewidth=1, label="score = share")
    axes.plot(
        [entry["score"] for entry in bins], [entry["true"] for entry in bins], "D",
        color="#d55e00", markersize=4, label="mean score of the bin", clip_on=False,
    )  # fmt: skip
    error = calibration["error"]
    told = f", expected error {error:.3f}" if error >= 0 else ""
    axes.set(
        title=f"Reliability of boxes at IoU .50{told}", xlabel="score",
        ylabel="share that is true; number of boxes", xlim=(0, 1), ylim=(0, 1.09),
    )  # fmt: skip
    axes.grid(alpha=0.25)
    _legend_below(axes, columns=2)


def draw_gates(axes: Axes, gates: Mapping[str, Any]) -> None:
    """A bar an outcome, found first, then the gates in the detector's order."""
    names = list(gates["all"])
    counts: NDArray[np.int64] = np.array([gates["all"][name] for name in names], np.int64)
    whole = max(int(counts.sum()), 1)
    colors = ["#009e73" if name == "found" else "#d55e00" for name in names]
    axes.barh(range(len(names)), counts, color=colors)
    for row, count in enumerate(counts):
        axes.text(
            count, row, f" {count}  ({100 * count / whole:.1f} %)" if count else " 0", va="center"
        )
    axes.set_yticks(range(len(names)), [name.replace("_", " ") for name in names])
    axes.invert_yaxis()
    axes.set_xlim(0, max(float(counts.max(initial=0)), 1) * 1.45)
    axes.set(
        title=f"Objects lost at each gate, above score {gates['score']:g}",
        xlabel="objects",
    )
    axes.grid(alpha=0.25, axis="x")
