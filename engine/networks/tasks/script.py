"""A race on a task as a PyTorch script that runs as it is and prints the same losses."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from engine.errors import InputError
from engine.networks.tasks.data import (
    DIGITS,
    SPLIT_STREAM,
    TEST_STREAM,
    TRAIN_STREAM,
    TaskData,
    data_of,
)
from engine.networks.tasks.net import Net
from engine.networks.tasks.parameters import EXAMPLES, TRUE_U, TRUE_V
from engine.networks.tasks.problem import kind_of
from engine.networks.tasks.registry import find
from engine.networks.tasks.settings import check, hyper_of, layers_of
from engine.networks.tasks.spec import FitSpec, Task
from engine.optimizers import schedules
from engine.optimizers.batches import unsigned
from engine.optimizers.perturbation import WEIGHTS_STREAM, seed_of
from engine.optimizers.racer import Racer, name_racers
from engine.optimizers.scripts import making

MODULES = {"tanh": "nn.Tanh()", "sigmoid": "nn.Sigmoid()", "relu": "nn.ReLU()", "linear": ""}
# By the kind of the targets: the loss, and which outputs are right.
LOSSES = {
    "two classes": (
        "functional.binary_cross_entropy_with_logits(outputs[:, 0], targets)",
        "((outputs[:, 0] > 0) == (targets == 1)).double().mean().item()",
    ),
    "classes": (
        "functional.cross_entropy(outputs, targets.long())",
        "(outputs.argmax(1) == targets).double().mean().item()",
    ),
    "numbers": ("0.5 * functional.mse_loss(outputs[:, 0], targets)", '""'),
}
PARAMETER_LOSSES = {
    "product": "0.5 * (u * v - 1) ** 2",
    "two-parameters": f"0.5 / {len(EXAMPLES)} * sum(\n"
    f"        ({TRUE_V} * math.tanh({TRUE_U} * x) - v * torch.tanh(u * x)) ** 2\n"
    f"        for x in {EXAMPLES}\n"
    "    )",
}


_POINTS = """\
inputs = torch.tensor({inputs}, dtype=dtype)
targets = torch.tensor({targets}, dtype=dtype)
test_inputs = torch.tensor({test_inputs}, dtype=dtype)
test_targets = torch.tensor({test_targets}, dtype=dtype)
"""

_DIGITS = """\
pixels, labels = load_digits(return_X_y=True)
order = numpy.random.default_rng([{seed}, {stream}]).permutation(len(labels))
first, last = order[:{train}], order[len(order) - {test}:]
inputs, targets = (torch.tensor(part, dtype=dtype) for part in (pixels[first] / 16, labels[first]))
test_inputs, test_targets = (
    torch.tensor(part, dtype=dtype) for part in (pixels[last] / 16, labels[last])
)
"""

_NOISE = """\
for part, stream in zip((inputs, test_inputs), {streams}, strict=True):
    generator = numpy.random.default_rng([{seed}, stream])
    part += torch.tensor({noise!r} * generator.standard_normal(part.shape), dtype=dtype)
"""

_FEATURES = """\
powers = torch.tensor({powers})
monomials = (inputs[:, None] ** powers).prod(2)
mean, deviation = monomials.mean(0), monomials.std(0, unbiased=False)
deviation[deviation == 0] = 1
test_inputs = ((test_inputs[:, None] ** powers).prod(2) - mean) / deviation
inputs = (monomials - mean) / deviation
"""

_NET = '''\
"""{title} learned by {names}. Written by Thalweg; needs {needs}."""

{imports}

dtype = torch.{dtype}
{own}{data}

def net():
    """The net with its initial weights, the same each time."""
    module = nn.Sequential({modules}).to(dtype)
    generator = torch.Generator().manual_seed({seed})
    drawn = torch.rand({size}, generator=generator, dtype=torch.float64)
    place = 0
    with torch.no_grad():
        for layer in module:
            if isinstance(layer, nn.Linear):
                for values in (layer.weight.T, layer.bias):
                    part = drawn[place : place + values.numel()].view(values.shape)
                    values.copy_((2 * part - 1) * {scale!r} / layer.in_features ** 0.5)
                    place += values.numel()
    return module


def batch(step):
    """The examples of an update; dealt anew in each epoch."""
{batch}

def loss(outputs, targets):
    return {loss}


def told(module, inputs, targets):
    with torch.no_grad():
        outputs = module(inputs)
        return loss(outputs, targets).item(), {accuracy}


def fit(name, make, schedule=None):
    module = net()
    optimizer = make(module.parameters())
    scheduler = schedule(optimizer) if schedule else None
{stopping}    for step in range({steps} + 1):
        train, test = told(module, inputs, targets), told(module, test_inputs, test_targets)
{stop}        print(name, step, train[0], test[0], train[1], test[1], sep=",")
        chosen = batch(step)

        def closure():
            optimizer.zero_grad()
            value = loss(module(inputs[chosen]), targets[chosen])
{penalty}            value.backward()
            return value

{update}

print("optimizer,step,train_loss,test_loss,train_accuracy,test_accuracy")
{calls}
'''

_STOPPING = """\
    least, since, best, stopped = float("inf"), 0, None, False
"""

_STOP = """\
        if test[0] < least and not stopped:
            least, since, best = test[0], 0, copy.deepcopy(module.state_dict())
        else:
            since += 1
        if since >= {patience} and best is not None and not stopped:
            module.load_state_dict(best)  # early stopping
            stopped = True
            train, test = told(module, inputs, targets), told(module, test_inputs, test_targets)
"""

_PARAMETERS = '''\
"""{title} learned by {names}. Written by Thalweg; needs PyTorch."""

import math

import torch
{own}

def loss(u, v):
    return {loss}


def fit(name, make, start, schedule=None):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = make([w])
    scheduler = schedule(optimizer) if schedule else None
    for step in range({steps} + 1):
        print(name, step, *w.tolist(), loss(*w).item(), sep=",")

        def closure():
            optimizer.zero_grad()
            value = loss(*w)
{penalty}            value.backward()
            return value

        optimizer.step(closure)
        if scheduler:
            scheduler.step()


print("optimizer,step,u,v,loss")
{calls}
'''

_UPDATE = """\
        optimizer.step(closure)
        if scheduler:
            scheduler.step()
"""

_UPDATE_UNLESS_STOPPED = """\
        if not stopped:
            optimizer.step(closure)
            if scheduler:
                scheduler.step()
"""

_ALL = """\
    return slice(None)
"""

_SOME = """\
    epoch, place = divmod(step, {an_epoch})
    order = numpy.random.default_rng([{seed}, epoch]).permutation({count})
    return torch.from_numpy(order[place * {size} : (place + 1) * {size}])
"""


def script(spec: FitSpec) -> str:
    """The script; it prints CSV like the command `fit`, or u and v of a task of two parameters.

    Further starts, the jog of weights and rules that cannot be written are left out, which a
    comment says.

    Raises:
        InputError: the spec cannot be run, no racer can be written, or the task is the user's
            own file, which is PyTorch already.
    """
    if spec.task == "own":
        raise InputError("script.own")
    spec, task = check(spec), find(spec.task)
    racers, unwritten = making.written(name_racers(spec.racers), in_plane=False)
    names = ", ".join(racer.optimizer for racer in racers)
    calls = "\n".join(
        [*map(making.left_out_text, unwritten), *(_call(spec, racer, task) for racer in racers)]
    )
    left_out = [racer.name for racer in racers if racer.starts > 1 or racer.jog is not None]
    if left_out:
        calls = (
            f"# Further starts and jogs of weights are left out: {', '.join(left_out)}.\n{calls}"
        )
    own = making.classes(racer.optimizer for racer in racers)
    if task.kind == "parameters":
        penalty = f"            value = value + {spec.decay!r} / 2 * (w * w).sum()\n"
        return _PARAMETERS.format(
            title=task.title,
            names=names,
            loss=PARAMETER_LOSSES[task.name],
            own=own,
            steps=spec.steps,
            penalty=penalty if spec.decay else "",
            calls=calls,
        )
    data = data_of(spec)
    assert spec.batch is not None and spec.activation is not None
    net, kind = Net(layers_of(spec), spec.activation), kind_of(data)
    loss, accuracy = LOSSES[kind]
    digits, count = task.name == DIGITS, len(data.targets)
    batched = 0 < spec.batch < count
    penalty = (
        "            weights = [each for each in module.parameters() if each.dim() > 1]\n"
        f"            value = value + {spec.decay!r} / 2 * sum((w * w).sum() for w in weights)\n"
    )
    return _NET.format(
        title=task.title,
        names=names,
        needs="PyTorch and scikit-learn" if digits else "PyTorch",
        imports=_imports(digits=digits, batched=batched, stops=bool(spec.patience)),
        dtype="float32" if digits else "float64",
        own=own,
        data=_data(spec, data),
        modules=", ".join(_modules(net)),
        seed=seed_of(spec.seed, WEIGHTS_STREAM, 0),
        size=net.size,
        scale=float(spec.scale),
        batch=_SOME.format(
            an_epoch=-(-count // spec.batch), seed=unsigned(spec.seed), count=count, size=spec.batch
        )
        if batched
        else _ALL,
        loss=loss,
        accuracy=accuracy,
        steps=spec.steps,
        stopping=_STOPPING if spec.patience else "",
        stop=_STOP.format(patience=spec.patience) if spec.patience else "",
        penalty=penalty if spec.decay else "",
        update=_UPDATE_UNLESS_STOPPED if spec.patience else _UPDATE,
        calls=calls,
    )


def _imports(*, digits: bool, batched: bool, stops: bool) -> str:
    standard = "import copy\n\n" if stops else ""
    numpy = "import numpy\n" if digits or batched else ""
    sklearn = "from sklearn.datasets import load_digits\n" if digits else ""
    rest = "from torch import nn\nfrom torch.nn import functional"
    return f"{standard}{numpy}import torch\n{sklearn}{rest}"


def _modules(net: Net) -> list[str]:
    parts: list[str] = []
    for rows, columns in pairwise(net.layers):
        parts += [f"nn.Linear({rows}, {columns})", MODULES[net.activation]]
    return [part for part in parts[:-1] if part]


def _data(spec: FitSpec, data: TaskData) -> str:
    if spec.task == DIGITS:
        text = _DIGITS.format(
            seed=unsigned(spec.data_seed),
            stream=SPLIT_STREAM,
            train=spec.train_count,
            test=spec.test_count,
        )
        if spec.noise:
            text += _NOISE.format(
                noise=spec.noise,
                seed=unsigned(spec.data_seed),
                streams=(TRAIN_STREAM, TEST_STREAM),
            )
        return text
    text = _POINTS.format(
        inputs=_rows(data.inputs),
        targets=_rows(data.targets),
        test_inputs=_rows(data.test_inputs),
        test_targets=_rows(data.test_targets),
    )
    if spec.degree > 1:
        text += _FEATURES.format(powers=data.features.powers.tolist())
    return text


def _rows(values: np.ndarray) -> str:
    """Numbers as a list of Python, a few a line."""
    each = [repr(value) for value in values.tolist()]
    lines = [", ".join(each[place : place + 4]) for place in range(0, len(each), 4)]
    return "[\n" + "".join(f"    {line},\n" for line in lines) + "]"


def _call(spec: FitSpec, racer: Racer, task: Task) -> str:
    made = making.make_text(racer.optimizer, hyper_of(racer, task), "weights")
    parts = [repr(racer.name), f"lambda weights: {made}"]
    if task.kind == "parameters":
        parts.append(repr(list(racer.start or spec.start or ())))
    schedule = schedules.find(racer.schedule)
    if schedule.twin:
        written = schedule.script_arguments(racer.schedule_settings)
        twin = f"torch.optim.lr_scheduler.{schedule.twin}"
        parts.append(f"lambda optimizer: {twin}(optimizer, {written})")
    return f"fit({', '.join(parts)})"
