"""Which keypoints are joined by a line, and which side of the body they are on.

Known by name, so it holds for COCO's 17 points and for any model that names
its points alike.
"""

from __future__ import annotations

from collections.abc import Sequence

# COCO's person skeleton (cocodataset.org, person_keypoints annotations).
LINKS = (
    ("left_ankle", "left_knee"), ("left_knee", "left_hip"),
    ("right_ankle", "right_knee"), ("right_knee", "right_hip"),
    ("left_hip", "right_hip"), ("left_shoulder", "left_hip"), ("right_shoulder", "right_hip"),
    ("left_shoulder", "right_shoulder"), ("left_shoulder", "left_elbow"),
    ("right_shoulder", "right_elbow"), ("left_elbow", "left_wrist"),
    ("right_elbow", "right_wrist"), ("left_eye", "right_eye"), ("nose", "left_eye"),
    ("nose", "right_eye"), ("left_eye", "left_ear"), ("right_eye", "right_ear"),
    ("left_ear", "left_shoulder"), ("right_ear", "right_shoulder"),
)  # fmt: skip


def skeleton(names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The lines between named points, as pairs of indices."""
    place = {name: index for index, name in enumerate(names)}
    return tuple((place[a], place[b]) for a, b in LINKS if a in place and b in place)


def side(name: str) -> str:
    """`left`, `right` or `middle`: which side of the body a point is on."""
    head = name.split("_", 1)[0]
    return head if head in ("left", "right") else "middle"
