"""The part of a race's script that makes the data of a fit and deals its batches."""

from __future__ import annotations

from engine.descent.data_fit.minibatches import MinibatchSampler
from engine.descent.data_fit.models import NODES
from engine.optimizers.batches import unsigned

_SET = """\
inputs, targets = draw(numpy.random.default_rng({seed}), {count}){outlier}
U, V = torch.from_numpy(inputs), torch.from_numpy(targets)
W, FLOOR = torch.full_like(U, 1 / len(U)), 0.0


def batch_of(step):
    epoch, place = divmod(step, {steps})
    order = numpy.random.default_rng([{order}, {epoch}]).permutation(len(U))
    rows = torch.from_numpy(order[place * {size} : (place + 1) * {size}])
    return U[rows], V[rows], torch.full((len(rows),), 1 / len(rows), dtype=torch.float64)
"""
_STREAM = """\
# The expected loss of the endless stream, by Gauss and Legendre.
nodes, weights = numpy.polynomial.legendre.leggauss({nodes})
inputs = {low} + {width} * (nodes + 1) / 2
said = {slope} * inputs + {intercept}
U, V, W = (torch.from_numpy(array) for array in (inputs, {expected}, weights / 2))
FLOOR = {floor!r}


def batch_of(step):
    inputs, targets = draw(numpy.random.default_rng([{order}, {seed}, step]), {size})
{outlier}    weights = torch.full(({size},), 1 / {size}, dtype=torch.float64)
    return torch.from_numpy(inputs), torch.from_numpy(targets), weights
"""
_PASSING = """\
    if step * {size} <= {count} < (step + 1) * {size}:
        inputs[{count} - step * {size}], targets[{count} - step * {size}] = {outlier}
"""


def data(sampler: MinibatchSampler) -> str:
    """Python that defines `batch_of(step)` and U, V, W, FLOOR, the data of the full loss."""
    script, spec = sampler.fit.script, sampler.data
    text = f"def draw(generator, count):\n{script.draw}\n\n\n"
    order = unsigned(sampler.seed)
    if not spec.online:
        outlier = ""
        if spec.outlier is not None:
            u, v = map(float, spec.outlier)
            outlier = (
                f"\ninputs, targets = numpy.append(inputs, {u!r}), numpy.append(targets, {v!r})"
            )
        return text + _SET.format(
            seed=spec.seed,
            count=spec.count,
            outlier=outlier,
            steps=sampler.steps_an_epoch,
            order=order,
            epoch="epoch" if spec.reshuffle else 0,
            size=sampler.size,
        )
    low, high = script.inputs
    slope, intercept = script.truth
    passing = ""
    if spec.outlier is not None:
        place = tuple(map(float, spec.outlier))
        passing = _PASSING.format(size=sampler.size, count=spec.count, outlier=place)
    return text + _STREAM.format(
        nodes=NODES,
        low=low,
        width=high - low,
        slope=slope,
        intercept=intercept,
        expected=script.expected,
        floor=sampler.fit.expect().floor,
        order=order,
        seed=spec.seed,
        size=sampler.size,
        outlier=passing,
    )


def body(sampler: MinibatchSampler) -> str:
    """The lines of `loss(x, y, batch=None)`."""
    return f"""\
    u, v, weights = batch or (U, V, W)
    said = x * u + y
    each = {sampler.fit.script.each}
    return (weights * each).sum() + (0.0 if batch else FLOOR)"""
