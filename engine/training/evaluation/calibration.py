"""Whether a score can be believed: how far scores are from the share that is true."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.training.evaluation.judged_detections import Judged

BINS = 10


def calibration(judged: Judged) -> dict[str, Any]:
    """How far the scores are from the share of true detections, over bins of equal width.

    Returns:
        "error", the expected calibration error (Guo et al. 2017, arXiv 1706.04599), 0 to
        1 and -1 without detections; "bins", for each that holds a detection its ends, how
        many, their mean score and the share that is true.
    """
    scores, true = judged.scores, judged.true
    bins: list[dict[str, float]] = []
    places = np.minimum((scores * BINS).astype(int), BINS - 1)
    for place in np.unique(places):
        rows = places == place
        bins.append(
            {
                "from": float(place) / BINS,
                "to": float(place + 1) / BINS,
                "boxes": int(rows.sum()),
                "score": float(scores[rows].mean()),
                "true": float(true[rows].mean()),
            }
        )
    off = sum(entry["boxes"] * abs(entry["score"] - entry["true"]) for entry in bins)
    return {"error": off / len(scores) if len(scores) else -1.0, "bins": bins}
