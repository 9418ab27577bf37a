"""The parts of the README that are made, not written: `python -m tests.readme`.

The table of the models is read from the files that `evaluate` wrote beside the
weights, and a test compares them. The table of measurements is what the last
`make bench` left in `out/bench.json`; without that file it stays.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from tests.bench.table import Row, markdown

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
KINDS = ("bbox", "segm", "keypoints")
MODELS = {
    "people": "people in photographs: boxes, masks, keypoints",
    "nuclei": "cell nuclei under the microscope: boxes and masks",
    "shapes": "generated scenes: boxes, masks, keypoints of stick figures",
}


def metrics(name: str) -> dict[str, Any]:
    """What `evaluate` wrote for a bundled model."""
    file = resources.files("resources") / "weights" / f"{name}.metrics.json"
    return json.loads(file.read_text(encoding="utf-8"))


def models_table() -> str:
    """AP and AP50 of each bundled model by COCO's rules, and how right what is shown is.

    The latter is there once `evaluate` has measured it for one of them.
    """
    judged = any("shown" in metrics(name) for name in MODELS)
    heads = ["model", "box AP / AP50", "mask AP / AP50", "keypoint AP / AP50"]
    if judged:
        heads += ["precision / recall at .50", "calibration error"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, what in MODELS.items():
        measured = metrics(name)
        cells = [
            f"{measured[kind]['AP']:.3f} / {measured[kind]['AP50']:.3f}"
            if measured.get(kind)
            else "–"
            for kind in KINDS
        ]
        shown = measured.get("shown")
        if judged:
            cells.append(f"{shown['precision']:.2f} / {shown['recall']:.2f}" if shown else "–")
            cells.append(f"{measured['calibration']['error']:.3f}" if shown else "–")
        lines.append(f"| **{name}**, {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def between(text: str, mark: str) -> str:
    """What stands between `<!-- mark -->` and `<!-- /mark -->`."""
    return text.partition(f"<!-- {mark} -->\n")[2].partition(f"\n<!-- /{mark} -->")[0]


def replaced(text: str, mark: str, part: str) -> str:
    before, opening, rest = text.partition(f"<!-- {mark} -->\n")
    _, closing, after = rest.partition(f"\n<!-- /{mark} -->")
    if not (opening and closing):
        raise ValueError(f"README.md has no place for {mark}")
    return before + opening + part + closing + after


def main() -> None:
    text = replaced(README.read_text(encoding="utf-8"), "models", models_table())
    bench = ROOT / "out" / "bench.json"
    if bench.exists():
        rows = [Row(**row) for row in json.loads(bench.read_text(encoding="utf-8"))]
        text = replaced(text, "bench", markdown(rows))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
