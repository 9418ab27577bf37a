"""A net and its training as a PyTorch script that runs as it is and prints the same errors."""

from __future__ import annotations

from engine.networks.backprop.spec import BackpropSpec, activation_of, check, hyper
from engine.networks.backprop.training import batches
from engine.optimizers import registry as optimizers
from engine.optimizers import schedules
from engine.optimizers.racer import Racer
from engine.optimizers.scripts import making

_HEAD = '''\
"""A net of {shape} nodes trained by {title}. Written by Thalweg; needs PyTorch."""

import torch
{own}
slope = {slope!r}
weights = [
{weights}
]
biases = [
{biases}
]
inputs = torch.tensor({inputs}, dtype=torch.float64)
targets = torch.tensor({targets}, dtype=torch.float64)
batches = {batches}


def forward(o):
    for layer, w in enumerate(weights):
        S = o @ w
        if biases:
            S = S + biases[layer]
        o = {activation}
    return o


optimizer = {optimizer}
{schedule}

def closure():
    optimizer.zero_grad()
    E = (0.5 * (targets[batch] - forward(inputs[batch])) ** 2).sum(1).mean()
    E.backward()
    return E


for step, batch in enumerate(batches):
    print(step, repr(optimizer.step(closure).item()))
{step}'''


def script(spec: BackpropSpec) -> str:
    """The script; each line that it prints is a step and E of its batch before the update.

    Raises:
        InputError: the spec cannot be computed, or torch.optim has not the optimizer.
    """
    check(spec)
    optimizer = optimizers.find(spec.racer.optimizer)
    making.written((spec.racer,), in_plane=False)
    learned = spec.biases is not None and spec.learn_biases
    parameters = "[*weights, *biases]" if learned else "weights"
    schedule = _schedule(spec.racer)

    def tensor(values: object, *, learns: bool) -> str:
        grad = ", requires_grad=True" if learns else ""
        return f"    torch.tensor({_lists(values)}, dtype=torch.float64{grad}),"

    return _HEAD.format(
        shape="-".join(map(str, spec.layers)),
        title=optimizer.title,
        slope=spec.slope,
        weights="\n".join(tensor(matrix, learns=True) for matrix in spec.weights),
        biases="\n".join(tensor(vector, learns=learned) for vector in spec.biases or ()),
        inputs=_lists([example.inputs for example in spec.examples]),
        targets=_lists([example.targets for example in spec.examples]),
        batches=[indices.tolist() for _, indices in batches(spec)],
        activation=activation_of(spec).script,
        own=making.classes([spec.racer.optimizer]),
        optimizer=making.make_text(spec.racer.optimizer, hyper(spec), parameters),
        schedule=schedule,
        step="    schedule.step()\n" if schedule else "",
    )


def _schedule(racer: Racer) -> str:
    """The line of torch's scheduler; empty for a constant rate."""
    schedule = schedules.find(racer.schedule)
    if not schedule.twin:
        return ""
    written = schedule.script_arguments(racer.schedule_settings)
    return f"schedule = torch.optim.lr_scheduler.{schedule.twin}(optimizer, {written})\n"


def _lists(values: object) -> object:
    return [_lists(value) for value in values] if isinstance(values, list | tuple) else values
