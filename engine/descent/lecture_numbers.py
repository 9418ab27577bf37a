"""What the captions of the lecture's races say in numbers, measured from the races themselves.

Each function gets the race and its frames as far as the step at which the scene is shown, and
gives the numbers by their names in the caption. A whole number comes as `int`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.descent.race.spec import RaceFrame, RaceSpec, hyper_of, sampler_of, surface_of
from engine.errors import InputError

Numbers = dict[str, float | int]
Frames = Sequence[RaceFrame]

NEAR = 0.5  # ends that are no farther from one another lie in one minimum
EARLY = 30  # steps of the first fall
REST = 20  # last steps over which a distance from the minimum is averaged
SETTLED = 40  # steps after which noise alone is left
SWING = 10  # last steps over which a swing is looked for


def numbers(scene: str, spec: RaceSpec, frames: Frames) -> Numbers:
    """The numbers of a scene's caption; none for a scene without.

    Args:
        frames: from the start to the step at which the scene is shown.

    Raises:
        InputError, IndexError, KeyError: the race is no longer like the scene's.
    """
    measure = MEASURES.get(scene)
    return {} if measure is None else measure(spec, frames)


def several_starts(spec: RaceSpec, frames: Frames) -> Numbers:
    ends = np.concatenate([frames[-1].position, *frames[-1].others])
    found: list[np.ndarray] = []
    for end in ends:
        if np.isfinite(end).all() and all(np.hypot(*(end - other)) > NEAR for other in found):
            found.append(end)
    return {"starts": len(ends), "minima": len(found), "best": float(frames[-1].best_loss.min())}


def examples(spec: RaceSpec, frames: Frames) -> Numbers:
    """Of a race on data: how much there is, and what was seen of it at the step."""
    from engine.descent.step.example_gradients import gradients_of_examples

    surface = surface_of(spec)
    sampler = sampler_of(spec, surface)
    if sampler is None:
        raise InputError("race.no_data", surface=surface.name)
    step = frames[-1].step
    (least,) = _losses(spec, np.array(surface.minima[:1]))
    told = gradients_of_examples(spec, frames, len(spec.racers) - 1)
    return {
        "step": step,
        "examples": sampler.count,
        "batch": sampler.size,
        "steps": sampler.steps_an_epoch,
        "place": step % max(1, sampler.steps_an_epoch) + 1,
        "seen": sampler.at(step).seen,
        "over": 100 * (float(frames[-1].loss[0] / least) - 1),
        "angle": told.batch_angle,
        "last": told.steps,
        "batch_angle": told.batch_angle_mean,
        "velocity_angle": told.velocity_angle_mean,
    }


def noise(spec: RaceSpec, frames: Frames) -> Numbers:
    steps = np.linalg.norm(np.diff(_paths(frames)[:, SETTLED:], axis=1), axis=2).mean(1)
    return {"times": float(steps[0] / steps[1])}


def schedule(spec: RaceSpec, frames: Frames) -> Numbers:
    away = _from_minimum(spec, frames)[:, -REST:].mean(1)
    return {"constant": float(away[0]), "falling": float(away[1])}


def slow(spec: RaceSpec, frames: Frames) -> Numbers:
    gone = 1 - frames[EARLY].loss[0] / frames[0].loss[0]
    return {
        "early": EARLY,
        "gone": 100 * float(gone),
        "step": frames[-1].step,
        "distance": float(_from_minimum(spec, frames)[0, -1]),
    }


def losses(spec: RaceSpec, frames: Frames) -> Numbers:
    """Where the first two racers are, by their losses."""
    return {
        name: float(loss) for name, loss in zip(("loss", "other"), frames[-1].loss, strict=False)
    }


def jog(spec: RaceSpec, frames: Frames) -> Numbers:
    first, second = [frame.step for frame in frames if frame.perturbed[1]][:2]
    return {"first": first, "second": second}


def paralysis(spec: RaceSpec, frames: Frames) -> Numbers:
    sgd, momentum = np.abs(frames[-1].position[:, 0] - frames[0].position[:, 0])
    return {"step": frames[-1].step, "sgd": float(sgd), "momentum": float(momentum)}


def ravine(spec: RaceSpec, frames: Frames) -> Numbers:
    paths = _paths(frames)
    left = 100 * np.abs(paths[:, -1, 0] / paths[:, 0, 0])
    return {
        "steep": _condition(spec),
        "step": frames[-1].step,
        "crossings": int((np.diff(np.sign(paths[0, :, 1])) != 0).sum()),
        "sgd": float(left[0]),
        "momentum": float(left[1]),
    }


def cut(spec: RaceSpec, frames: Frames) -> Numbers:
    low, high = (racer.settings["momentum"] for racer in spec.racers[1:3])
    return {"low": low, "high": high}


def vectors(spec: RaceSpec, frames: Frames) -> Numbers:
    from engine.descent.step.vectors import next_step

    heads = {arrow.role: arrow.head for arrow in next_step(spec, frames[-1], 0).arrows}
    classical, nesterov = _losses(spec, np.stack([heads["classical"], heads["nesterov"]]))
    return {"classical": float(classical), "nesterov": float(nesterov)}


def nesterov_wins(spec: RaceSpec, frames: Frames) -> Numbers:
    swing = np.abs(_paths(frames)[:, -SWING:, 1]).max(1)
    return {"step": frames[-1].step, "classical": float(swing[0]), "nesterov": float(swing[1])}


def nesterov_loses(spec: RaceSpec, frames: Frames) -> Numbers:
    """The bounds of lr times the greatest eigenvalue. Source: notes, stability of both rules."""
    hyper = hyper_of(spec.racers[1], surface_of(spec))
    steep, momentum = _condition(spec), hyper["momentum"]
    return {
        "steep": steep,
        "product": hyper["lr"] * steep,
        "nesterov": (2 + 2 * momentum) / (1 + 2 * momentum),
        "classical": 2 * (1 + momentum),
    }


MEASURES: dict[str, Callable[[RaceSpec, Frames], Numbers]] = {
    "several-starts": several_starts,
    "several-restarts": several_starts,
    "gradient-descent": examples,
    "sgd-batches": examples,
    "sgd-outlier": examples,
    "sgd-online": examples,
    "sgd-huge": examples,
    "sgd-noise": noise,
    "sgd-schedule": schedule,
    "weak-slow": slow,
    "weak-local-minimum": losses,
    "weak-jog": jog,
    "weak-paralysis": paralysis,
    "momentum-ravine": ravine,
    "momentum-jump": losses,
    "momentum-cut": cut,
    "momentum-noise": examples,
    "nesterov-vectors": vectors,
    "nesterov-wins": nesterov_wins,
    "nesterov-loses": nesterov_loses,
}


def _paths(frames: Frames) -> np.ndarray:
    """(R, T, 2) float64."""
    return np.stack([frame.position for frame in frames], axis=1)


def _losses(spec: RaceSpec, points: np.ndarray) -> np.ndarray:
    """(N,) float64 of points (N, 2)."""
    import torch

    x, y = torch.from_numpy(np.ascontiguousarray(points.T))
    found: np.ndarray = surface_of(spec).loss(x, y).expand(len(points)).numpy()
    return found


def _from_minimum(spec: RaceSpec, frames: Frames) -> np.ndarray:
    """(R, T) float64, how far each racer is from the surface's first minimum."""
    away = _paths(frames) - np.array(surface_of(spec).minima[0])
    distance: np.ndarray = np.hypot(away[..., 0], away[..., 1])
    return distance


def _condition(spec: RaceSpec) -> float:
    """The greatest eigenvalue of a quadratic by its least."""
    curvature = surface_of(spec).curvature()
    if curvature is None:
        raise InputError("value.unknown_name", kind="Surface", value=str(spec.surface), known="")
    return curvature[1] / curvature[0]
