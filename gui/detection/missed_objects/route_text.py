"""Ways back and proofs, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from engine.detection.pipeline.selection import CLASS_SCORE
from gui.detection.layers.score_scale import levels
from gui.detection.thresholds.names import name_of, value_of
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.fact_table import figure, probability, whole

if TYPE_CHECKING:
    from engine.detection.detections import ModelFacts
    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.pipeline.trace import StageTrace
    from engine.detection.queries.routes import Proof, Route

LOWERED = QT_TRANSLATE_NOOP("missed_objects", "{name} down to {value}")
RAISED = QT_TRANSLATE_NOOP("missed_objects", "{name} up to {value}")
OWN_SCORE = QT_TRANSLATE_NOOP("missed_objects", "Score of {name}")
ALONE = QT_TRANSLATE_NOOP("missed_objects", "only this {name} ({score}) appears")
WITH_ONE = QT_TRANSLATE_NOOP("missed_objects", "this {name} ({score}) and one other box appear")
WITH_MORE = QT_TRANSLATE_NOOP(
    "missed_objects", "this {name} ({score}) and {count} other boxes appear"
)
TRUE_ONES = QT_TRANSLATE_NOOP("missed_objects", "({count} of them true by the ground truth)")
NONE_TRUE = QT_TRANSLATE_NOOP("missed_objects", "(none of them true by the ground truth)")
ONE_TRUE = QT_TRANSLATE_NOOP("missed_objects", "(true by the ground truth)")
ONE_FALSE = QT_TRANSLATE_NOOP("missed_objects", "(false by the ground truth)")
GONE = QT_TRANSLATE_NOOP("missed_objects", "; shown boxes that go: {count}")
HARDLY = QT_TRANSLATE_NOOP("missed_objects", "The model hardly sees a {name} here ({score}).")
DEAR = QT_TRANSLATE_NOOP(
    "missed_objects",
    "It comes back only among many others: the cheapest change shows {count} more boxes.",
)
HELP = QT_TRANSLATE_NOOP(
    "missed_objects",
    "What would help: more resolution or a crop (try them below), or training on such"
    " objects. What a change would cost:",
)
BEYOND = {
    "anchor": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Beyond every setting: no box of any anchor covers it. The best has an IoU of"
        " {before} before the refinement and {after} after it (level {level}); 0.5 is needed.",
    ),
    "refinement": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Beyond every setting, lost at the refinement: a box of level {level} covers it with"
        " an IoU of {before}, and regression moves it away, to {after}. None covers it"
        " afterwards; 0.5 is needed.",
    ),
    "class_score": QT_TRANSLATE_NOOP(
        "missed_objects",
        "Beyond every setting, lost at the class score: of all boxes that cover it none gets"
        " more than {score} for {name}. The best has an IoU of {after} (level {level}).",
    ),
    "nothing": QT_TRANSLATE_NOOP(
        "missed_objects", "Beyond every setting: no anchor of any level comes near it."
    ),
}
SEARCHED = QT_TRANSLATE_NOOP("missed_objects", "The head was asked about {count} boxes.")


def change_text(
    change: Mapping[str, float], model: ModelFacts, now: Thresholds, trace: StageTrace
) -> str:
    """`Score down to 0.280, NMS IoU up to 0.610`."""
    return ", ".join(
        _tr(LOWERED if value < present(field, now, trace) else RAISED).format(
            name=setting_name(field, model), value=value_of(field, value)
        )
        for field, value in change.items()
    )


def setting_name(field: str, model: ModelFacts) -> str:
    """A setting's name; that of a class's own score names the class."""
    if not field.startswith(CLASS_SCORE):
        return name_of(field)
    return _tr(OWN_SCORE).format(name=model.class_name(int(field.removeprefix(CLASS_SCORE))))


def present(field: str, now: Thresholds, trace: StageTrace) -> float:
    """What a setting is now, the model's own where none was set."""
    if field.startswith(CLASS_SCORE):
        return dict(now.class_scores)[int(field.removeprefix(CLASS_SCORE))]
    value = getattr(now, field)
    if value is None:
        value = getattr(now.rpn(trace), field.removeprefix("rpn_"))
    return float(value)


def cost_text(route: Route, model: ModelFacts, true_ones: int | None) -> str:
    """`this person (0.28) and 9 other boxes appear (2 of them true by the ground truth)`.

    Args:
        true_ones: how many of the others are objects of the ground truth; None without it.
    """
    text = _tr((ALONE, WITH_ONE)[route.added] if route.added < 2 else WITH_MORE).format(
        name=model.class_name(route.label),
        score=probability(route.score),
        count=whole(route.added),
    )
    if true_ones is not None and route.added:
        alone = (ONE_FALSE, ONE_TRUE)[true_ones > 0]
        many = TRUE_ONES if true_ones else NONE_TRUE
        more = _tr(alone if route.added == 1 else many)
        text = f"{text} {more.format(count=whole(true_ones))}"
    if route.removed:
        text += _tr(GONE).format(count=whole(route.removed))
    return text


def route_text(
    route: Route, model: ModelFacts, now: Thresholds, trace: StageTrace, true_ones: int | None
) -> str:
    """A way back with its cost."""
    change = change_text(route.change, model, now, trace)
    return f"{change}: {cost_text(route, model, true_ones)}."


def hardly_text(route: Route, model: ModelFacts) -> str:
    """What is to be said before a change that is none to be advised."""
    from engine.detection.queries.routes import HARDLY as LEAST

    if route.score < LEAST:
        first = _tr(HARDLY).format(
            name=model.class_name(route.label), score=probability(route.score)
        )
    else:
        first = _tr(DEAR).format(count=whole(route.added))
    return f"{first} {_tr(HELP)}"


def proof_text(proof: Proof, model: ModelFacts, trace: StageTrace, label: int | None) -> str:
    """Why no settings bring it back, with the numbers of the last gate that none opens.

    Args:
        label: the class that was asked for, from 1; None for any.
    """
    facts = proof.facts
    searched = _tr(SEARCHED).format(count=whole(facts["searched"]))
    if "anchor" not in facts:
        return f"{_tr(BEYOND['nothing'])} {searched}"
    shown = label if label is not None else facts.get("label")
    score = facts.get("best_score")
    level = levels(trace)[trace.feature_names.index(facts["level"])]
    text = _tr(BEYOND[facts["gate"]]).format(
        before=figure(max(facts["iou_before"], facts.get("anchor_iou", 0.0)), 3),
        after=figure(facts["iou_after"], 3),
        level=level.name,
        score="–" if score is None else figure(max(score, 1e-4), 4),
        name="–" if shown is None else model.class_name(shown),
    )
    return f"{text} {searched}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("missed_objects", text)
