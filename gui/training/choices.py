"""What the form's lists offer: what the spec calls it, and what a person reads."""

from __future__ import annotations

from gui.i18n import QT_TRANSLATE_NOOP

DATA = {
    "shapes": QT_TRANSLATE_NOOP("training", "Generated shapes"),
    "json": QT_TRANSLATE_NOOP("training", "Annotated pictures"),
}
STARTS = {
    "model": QT_TRANSLATE_NOOP("training", "Model weights"),
    "nothing": QT_TRANSLATE_NOOP("training", "Random weights"),
}
SCHEDULE_TITLES = {
    "joint": QT_TRANSLATE_NOOP("training", "Joint"),
    "alternating": QT_TRANSLATE_NOOP("training", "Alternating"),
}
FALLBACK_MODELS = (
    ("people", "People"),
    ("nuclei", "Cell nuclei"),
    ("shapes", "Shapes and stick figures"),
)

# The pages of a run.
LOSSES, PHASES, COSINE, LAYERS = "losses", "phases", "cosine", "layers"
EVALUATION, COMPARISON = "evaluation", "comparison"
# Views of an evaluation.
NUMBERS, GATES = "numbers", "gates"
