"""What the data plot shows at a step: the examples, the batch among them, and the fits."""

from __future__ import annotations

import numpy as np

from engine.descent.data_fit.minibatches import MinibatchSampler
from engine.optimizers.looks import RacerStyle
from gui.descent.data_fit.plot import DataView

REMEMBERED = 40  # examples of a stream that still can be seen behind the newest


def view_data(
    sampler: MinibatchSampler,
    step: int,
    lines: tuple[tuple[RacerStyle, float, float], ...],
    example: int | None,
) -> DataView:
    """The examples as they are served at a step.

    Args:
        lines: look, slope and intercept of every racer, the chosen one first.
        example: the one whose own landscape is shown; None for that of all.
    """
    if sampler.data.online:
        first = max(0, step - REMEMBERED // sampler.size)
        past = [sampler.at(each) for each in range(first, step + 1)]
        inputs = np.concatenate([batch.inputs for batch in past])
        targets = np.concatenate([batch.targets for batch in past])
        ages = np.concatenate([np.full(sampler.size, step - batch.step) for batch in past])
        chosen = ages == 0
        fresh = 1.0 - 0.85 * ages / (step - first + 1)
        of_outlier = np.concatenate([batch.indices for batch in past]) == sampler.data.count
        outlier = -1
        if sampler.data.outlier is not None and of_outlier.any():
            outlier = int(of_outlier.argmax())
    else:
        examples = sampler.fit.examples(sampler.data)
        inputs, targets = examples.inputs, examples.targets
        chosen = np.zeros(len(inputs), dtype=bool)
        chosen[sampler.at(step).indices] = not sampler.full
        fresh = np.ones(len(inputs))
        outlier = len(inputs) - 1 if sampler.data.outlier is not None else -1
    return DataView(
        inputs,
        targets,
        chosen,
        fresh,
        outlier,
        lines,
        sampler.fit.predict,
        -1 if example is None else example,
        sampler.fit.labels,
    )
