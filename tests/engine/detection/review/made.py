"""Reviews and detections of all kinds, for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from engine.detection.review.edits import inside
from engine.detection.review.records import VERDICTS, JudgedObject, Review, Suggestion

WIDTH, HEIGHT = 120, 90
NAMES = ("ant", "bee", "кот 'x'")

corner = st.floats(-20, 140, width=32)
boxes = st.tuples(corner, corner, corner, corner).map(lambda box: inside(box, WIDTH, HEIGHT))
told = st.builds(Suggestion, st.sampled_from(NAMES), boxes, st.floats(0, 1))
objects = st.builds(
    JudgedObject,
    st.sampled_from(NAMES),
    boxes,
    st.sampled_from(VERDICTS),
    st.none() | told,
)
reviews = st.builds(
    Review,
    st.sampled_from(("/a/b.png", "/ж/\udcff.jpg", "")),
    st.just(WIDTH),
    st.just(HEIGHT),
    st.booleans(),
    st.integers(0, 99),
    st.lists(objects, max_size=5).map(tuple),
)
# No NMS leaves two boxes of a class at one place.
suggested = st.lists(told, max_size=6, unique_by=lambda each: (each.name, each.box)).map(tuple)
