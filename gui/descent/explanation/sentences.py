"""What is said of a racer that diverged, or is slow: one sentence for each fact."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui import number_text
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.descent.diagnosis.divergence import Divergence
    from engine.descent.diagnosis.slowness import Slowness

DIVERGED = QT_TRANSLATE_NOOP("descent", "{name} diverged at step {at}")
BEGAN = QT_TRANSLATE_NOOP(
    "descent", "It began at step {step}, at ({x}; {y}), with a loss of {loss}."
)
STEEPEST = QT_TRANSLATE_NOOP(
    "descent",
    "The loss curves most along ({dx}; {dy}) there: λ = {curvature}. lr·λ = {product}, but {name} "
    "is stable up to {limit} only.",
)
SCALED = QT_TRANSLATE_NOOP(
    "descent",
    "There λ = {curvature}; divided by the rule's own scales, along ({dx}; {dy}), it is {felt}. lr "
    "times that is {product}, but {name} is stable up to {limit} only.",
)
LIMIT = QT_TRANSLATE_NOOP("descent", "Its limit is {formula}.")
GROWS = QT_TRANSLATE_NOOP(
    "descent", "So a step multiplies the distance along this direction by {factor}."
)
FALLS = QT_TRANSLATE_NOOP(
    "descent",
    "It was not thrown out, it falls: where it left, the loss is {last}, lower than ever before. "
    "On this way the surface has no minimum, whatever the learning rate.",
)
BELOW_LIMIT = QT_TRANSLATE_NOOP(
    "descent",
    "Theory gives no answer: lr·λ stayed below the limit. It came nearest at step {step}, "
    "{product} of {limit}. Over so long a step the surface is not the quadratic that theory "
    "reckons with.",
)
NO_LIMIT = QT_TRANSLATE_NOOP(
    "descent",
    "Theory gives no answer: it knows no limit of lr·λ for {name} on this surface.",
)
STABLE_RATE = QT_TRANSLATE_NOOP("descent", "The largest stable rate at that step is {rate}.")
TRYING = QT_TRANSLATE_NOOP("descent", "Trying it…")
HOLDS = QT_TRANSLATE_NOOP("descent", "Tried: the race with it does not diverge.")
HALVED = QT_TRANSLATE_NOOP(
    "descent",
    "Tried and halved until the race did not diverge, as farther on it is steeper: {rate}.",
)
NONE_HOLDS = QT_TRANSLATE_NOOP("descent", "Tried and halved: the race diverges with all of them.")

PACE = QT_TRANSLATE_NOOP("descent", "{name}: why no faster?")
CURVATURES = QT_TRANSLATE_NOOP(
    "descent",
    "At the minimum ({x}; {y}) the curvatures are {small} and {large}: condition number "
    "{condition}.",
)
CURVATURES_HERE = QT_TRANSLATE_NOOP(
    "descent",
    "Where it is, at ({x}; {y}), the curvatures are {small} and {large}: condition number "
    "{condition}.",
)
LEAVES = QT_TRANSLATE_NOOP(
    "descent",
    "With lr {rate} a step leaves {factor} of the distance along the slow direction ({dx}; {dy}): "
    "{steps} steps for every decimal digit.",
)
LEAVES_SCALED = QT_TRANSLATE_NOOP(
    "descent",
    "With lr {rate} and its scales as they are at this step, a step leaves {factor} of the "
    "distance along the slow direction ({dx}; {dy}): {steps} steps for every decimal digit.",
)
NO_REST = QT_TRANSLATE_NOOP(
    "descent",
    "With lr {rate} a step multiplies the distance along ({dx}; {dy}) by {factor}: it cannot come "
    "to rest there.",
)
MEASURED = QT_TRANSLATE_NOOP("descent", "Measured over its last steps: {factor}.")
BEST = QT_TRANSLATE_NOOP(
    "descent",
    "Fastest by theory: {settings}, which leaves {factor} of it: {steps} steps for every digit.",
)
BEST_AT_ONCE = QT_TRANSLATE_NOOP(
    "descent", "Fastest by theory: {settings}, on a quadratic at the minimum in one step."
)
BEST_NEARBY = QT_TRANSLATE_NOOP("descent", "That is so near the minimum only.")
BEST_HOLDS = QT_TRANSLATE_NOOP("descent", "Tried: the race with it does not diverge.")
BEST_DIVERGES = QT_TRANSLATE_NOOP(
    "descent", "Tried: from this start the race with it diverges, for it is steeper on the way."
)
NO_BEST = QT_TRANSLATE_NOOP(
    "descent",
    "Theory knows no fastest settings for {name}: its scales change with its gradients.",
)
NOISY = QT_TRANSLATE_NOOP(
    "descent",
    "Its gradients are noisy: at a constant rate it gets no closer than the noise lets it.",
)
KINKED = QT_TRANSLATE_NOOP(
    "descent",
    "Theory gives no answer: the minimum is a kink, without a curvature. With a constant rate "
    "steps do not become shorter there.",
)
FLAT = QT_TRANSLATE_NOOP(
    "descent",
    "Along ({dx}; {dy}) there is no curvature: the gradient vanishes faster than the distance, and "
    "every digit takes more steps than the one before. Theory knows no fastest settings.",
)
NO_MINIMUM = QT_TRANSLATE_NOOP(
    "descent", "Theory gives no answer: no minimum is known, found or below the racer."
)
NO_THEORY = QT_TRANSLATE_NOOP(
    "descent",
    "Theory gives no answer for {name}: how long its steps are is not told by gradient and rate "
    "alone.",
)

USE = QT_TRANSLATE_NOOP("descent", "Use {settings}")


def say(template: str, **fields: object) -> str:
    """A translated sentence; numbers are written in the window's language, four digits each."""
    shown = {
        key: number_text.write(value, digits=4) if isinstance(value, float) else value
        for key, value in fields.items()
    }
    return QCoreApplication.translate("descent", template).format(**shown)


def settings_text(settings: Mapping[str, float]) -> str:
    """`lr 0.0614, momentum 0.566`."""
    return ", ".join(
        f"{key} {number_text.write(value, digits=3)}" for key, value in settings.items()
    )


def of_divergence(name: str, found: Divergence, undefined: str) -> list[str]:
    """The sentences, the heading first.

    Args:
        name: what the racer is called.
        undefined: where its loss or gradient is not defined, in a sentence; empty for nowhere.
    """
    x, y = found.place
    dx, dy = found.direction
    texts = [say(DIVERGED, name=name, at=found.diverged_at)]
    if found.cause == "undefined":
        return [*texts, undefined]
    if found.cause == "falls":
        return [*texts, say(FALLS, last=found.last_loss)]
    if found.cause == "no theory":
        return [*texts, say(NO_LIMIT, name=name)]
    fields = {
        "name": name,
        "dx": dx,
        "dy": dy,
        "curvature": found.curvature,
        "felt": found.felt,
        "product": found.product,
        "limit": found.limit,
    }
    if found.cause == "stable":
        texts.append(say(BELOW_LIMIT, step=found.step, **fields))
    else:
        texts.append(say(BEGAN, step=found.step, x=x, y=y, loss=found.loss))
        texts.append(say(SCALED if found.own_scales else STEEPEST, **fields))
        if found.formula not in ("", "2"):
            texts.append(say(LIMIT, formula=found.formula))
        texts.append(say(GROWS, factor=found.factor))
    if math.isfinite(found.stable):
        texts.append(say(STABLE_RATE, rate=found.stable))
        texts.append(_tried(found))
    return texts


def _tried(found: Divergence) -> str:
    if found.tried is None:
        return say(TRYING)
    if math.isnan(found.tried):
        return say(NONE_HOLDS)
    return say(HOLDS) if found.tried == found.stable else say(HALVED, rate=found.tried)


def of_pace(name: str, found: Slowness) -> list[str]:
    """The sentences, the heading first."""
    x, y = found.place
    dx, dy = found.slow
    small, large = found.curvatures
    texts = [say(PACE, name=name)]
    if math.isfinite(small):
        said = CURVATURES if found.at_minimum else CURVATURES_HERE
        texts.append(say(said, x=x, y=y, small=small, large=large, condition=found.condition))
    fields = {"rate": found.rate, "factor": found.factor, "dx": dx, "dy": dy}
    if found.answer == "kinked":
        texts.append(say(KINKED))
    elif found.answer == "no minimum":
        texts.append(say(NO_MINIMUM))
    elif found.answer == "no theory":
        texts.append(say(NO_THEORY, name=name))
    elif found.answer == "flat direction":
        texts.append(say(FLAT, dx=dx, dy=dy))
    elif found.factor >= 1:
        texts.append(say(NO_REST, **fields))
    else:
        steps = whole(found.steps_for_a_digit)
        said = LEAVES_SCALED if found.own_scales else LEAVES
        texts.append(say(said, steps=steps, **fields))
    if math.isfinite(found.measured):
        texts.append(say(MEASURED, factor=found.measured))
    if found.noisy:
        texts.append(say(NOISY))
    if found.answer == "known":
        texts += _best(name, found)
    return texts


def _best(name: str, found: Slowness) -> list[str]:
    if not found.best:
        return [say(NO_BEST, name=name)]
    settings = settings_text(found.best)
    if found.best_factor == 0:
        texts = [say(BEST_AT_ONCE, settings=settings)]
    else:
        steps = whole(found.best_steps_for_a_digit)
        texts = [say(BEST, settings=settings, factor=found.best_factor, steps=steps)]
    if not found.exact:
        texts.append(say(BEST_NEARBY))
    if found.best_holds is None:
        return [*texts, say(TRYING)]
    return [*texts, say(BEST_HOLDS if found.best_holds else BEST_DIVERGES)]


def whole(steps: float) -> str:
    """A number of steps, with a digit behind the point while there are few."""
    return number_text.write(
        float(steps if steps < 10 else round(steps)), digits=2 if steps < 10 else 9
    )


def use_text(settings: Mapping[str, float]) -> str:
    """What the button offers."""
    return say(USE, settings=settings_text(settings))
