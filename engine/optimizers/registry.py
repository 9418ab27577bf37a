"""Optimizers as pure functions over a batch of points.

A rule is `init(points) -> state` and `update(points, gradient, state, hyper)
-> (step, state)`: points and gradients are (N, 2) tensors, hyper-parameters
numbers or (N, 1) tensors, so a race, a basin map and a map of learning rates
are each one batched call. A racer holds nothing hidden, so replay is free.

Every rule follows its `torch.optim` twin step by step; keys are torch's
argument names with torch's defaults. No torch at import: the window lists the
optimizers before torch is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.errors import InputError, shorten
from engine.optimizers import adaptive, gradient
from engine.optimizers import second_order as curvature
from engine.optimizers.base import Optimizer, Setting

if TYPE_CHECKING:
    pass


def join_pairs(settings: Mapping[str, float]) -> dict[str, Any]:
    """The settings under torch's argument names: `betas` for `beta1` and `beta2`."""
    joined: dict[str, Any] = {}
    for key, value in settings.items():
        pair = next((pair for pair, names in PAIRS.items() if key in names), None)
        if pair is None:
            joined[key] = value
        else:
            joined[pair] = tuple(settings[name] for name in PAIRS[pair])
    return joined


def twin_arguments(optimizer: Optimizer, hyper: Mapping[str, float]) -> dict[str, Any]:
    """The arguments of the `torch.optim` twin for complete hyper-parameters.

    Pairs are joined (`betas`) and switches are booleans.
    """
    arguments = join_pairs(hyper)
    arguments.pop("decoupled", None)
    flags = {setting.name for setting in optimizer.settings if setting.flag}
    for key in arguments.keys() & (flags | {"nesterov", "amsgrad"}):
        arguments[key] = bool(arguments[key])
    for key in arguments.keys() & {"max_iter", "history_size"}:
        arguments[key] = int(arguments[key])
    if "line_search_fn" in arguments:
        arguments["line_search_fn"] = "strong_wolfe" if arguments["line_search_fn"] else None
    return arguments


def heavy_ball_optimum(least: float, greatest: float) -> dict[str, float]:
    """lr and momentum of the fastest heavy ball on a quadratic with these Hessian eigenvalues.

    Polyak 1964: the rate of convergence is then the square root of the momentum.
    """
    root_least, root_greatest = math.sqrt(least), math.sqrt(greatest)
    together = root_greatest + root_least
    return {
        "lr": (2 / together) ** 2,
        "momentum": ((root_greatest - root_least) / together) ** 2,
    }


def find(name: str) -> Optimizer:
    """The optimizer of that name.

    Raises:
        InputError: there is none.
    """
    if name not in OPTIMIZERS:
        raise InputError(
            "value.unknown_name", kind="Optimizer", value=shorten(name), known=", ".join(OPTIMIZERS)
        )
    return OPTIMIZERS[name]


# torch's arguments that are pairs, and the settings they fill.
PAIRS = {
    "betas": ("beta1", "beta2"),
    "etas": ("eta_minus", "eta_plus"),
    "step_sizes": ("step_min", "step_max"),
}


def _rate(default: float) -> Setting:
    return Setting("lr", default, 0, 1e6, logarithmic=True)


def _betas(beta1: float = 0.9, beta2: float = 0.999) -> tuple[Setting, Setting]:
    return Setting("beta1", beta1, 0, 0.999999), Setting("beta2", beta2, 0, 0.999999)


def _eps(default: float = 1e-8) -> Setting:
    return Setting("eps", default, 0, 1, logarithmic=True)


def _decay(default: float = 0) -> Setting:
    return Setting("weight_decay", default, 0, 10)


def _momentum(default: float) -> Setting:
    return Setting("momentum", default, 0, 1)


_DAMPENING = Setting("dampening", 0, 0, 1)
_SGD = (gradient.sgd_init, gradient.sgd_update)
_ADAM = (adaptive.adam_init, adaptive.adam_update)

_ALL = (
    Optimizer(
        "sgd",
        "SGD",
        *_SGD,
        (_rate(1e-3), _momentum(0), _DAMPENING, _decay(), Setting("nesterov", 0, 0, 1, flag=True)),
        twin="SGD",
    ),
    Optimizer(
        "momentum",
        "Momentum",
        *_SGD,
        (_rate(1e-3), _momentum(0.9), _DAMPENING, _decay()),
        fixed={"nesterov": 0},
        twin="SGD",
    ),
    Optimizer(
        "nesterov",
        "Nesterov",
        *_SGD,
        (_rate(1e-3), _momentum(0.9), _decay()),
        fixed={"nesterov": 1, "dampening": 0},
        twin="SGD",
    ),
    Optimizer(
        "adagrad",
        "Adagrad",
        adaptive.adagrad_init,
        adaptive.adagrad_update,
        (
            _rate(0.01),
            Setting("lr_decay", 0, 0, 10),
            _decay(),
            Setting("initial_accumulator_value", 0, 0, 1e6),
            _eps(1e-10),
        ),
        twin="Adagrad",
    ),
    Optimizer(
        "rmsprop",
        "RMSprop",
        adaptive.rmsprop_init,
        adaptive.rmsprop_update,
        (
            _rate(0.01),
            Setting("alpha", 0.99, 0, 0.999999),
            _eps(),
            _decay(),
            _momentum(0),
            Setting("centered", 0, 0, 1, flag=True),
        ),
        twin="RMSprop",
    ),
    Optimizer(
        "adadelta",
        "Adadelta",
        adaptive.adadelta_init,
        adaptive.adadelta_update,
        (_rate(1.0), Setting("rho", 0.9, 0, 0.999999), _eps(1e-6), _decay()),
        twin="Adadelta",
    ),
    Optimizer(
        "adam",
        "Adam",
        *_ADAM,
        (_rate(1e-3), *_betas(), _eps(), _decay(), Setting("amsgrad", 0, 0, 1, flag=True)),
        fixed={"decoupled": 0},
        twin="Adam",
    ),
    Optimizer(
        "adamw",
        "AdamW",
        *_ADAM,
        (_rate(1e-3), *_betas(), _eps(), _decay(0.01), Setting("amsgrad", 0, 0, 1, flag=True)),
        fixed={"decoupled": 1},
        twin="AdamW",
    ),
    Optimizer(
        "adamax",
        "Adamax",
        adaptive.adamax_init,
        adaptive.adamax_update,
        (_rate(2e-3), *_betas(), _eps(), _decay()),
        twin="Adamax",
    ),
    Optimizer(
        "nadam",
        "NAdam",
        adaptive.nadam_init,
        adaptive.nadam_update,
        (_rate(2e-3), *_betas(), _eps(), _decay(), Setting("momentum_decay", 4e-3, 0, 1)),
        twin="NAdam",
    ),
    Optimizer(
        "radam",
        "RAdam",
        adaptive.radam_init,
        adaptive.radam_update,
        (_rate(1e-3), *_betas(), _eps(), _decay()),
        twin="RAdam",
    ),
    Optimizer(
        "rprop",
        "Rprop",
        adaptive.rprop_init,
        adaptive.rprop_update,
        (
            _rate(0.01),
            Setting("eta_minus", 0.5, 0.01, 0.99),
            Setting("eta_plus", 1.2, 1.01, 10),
            Setting("step_min", 1e-6, 0, 1e6, logarithmic=True),
            Setting("step_max", 50, 0, 1e6, logarithmic=True),
        ),
        twin="Rprop",
    ),
    Optimizer(
        "amsgrad",
        "AMSGrad",
        *_ADAM,
        (_rate(1e-3), *_betas(), _eps(), _decay()),
        fixed={"decoupled": 0, "amsgrad": 1},
        twin="Adam",
    ),
    Optimizer(
        "lion",
        "Lion",
        adaptive.lion_init,
        adaptive.lion_update,
        (_rate(1e-4), *_betas(0.9, 0.99), _decay()),
    ),
    Optimizer(
        "heavy-ball",
        "Heavy ball",
        *_SGD,
        (_rate(1e-3), _momentum(0.9)),
        fixed={"nesterov": 0, "dampening": 0, "weight_decay": 0},
        twin="SGD",
    ),
    Optimizer(
        "line-search",
        "Line search",
        curvature.line_search_init,
        curvature.line_search_update,
        (
            _rate(1.0),
            Setting("shrink", 0.5, 0.01, 0.99),
            Setting("decrease", 1e-4, 0, 0.99, logarithmic=True),
        ),
        needs_surface=True,
    ),
    Optimizer(
        "newton",
        "Newton",
        curvature.newton_init,
        curvature.newton_update,
        (
            _rate(1.0),
            Setting("damping", 1.0, 0, 1e6, logarithmic=True),
            Setting("saddle_free", 1, 0, 1, flag=True),
        ),
        needs_surface=True,
        cost=3,  # the gradient, and one more for each column of the Hessian
    ),
    Optimizer(
        "lbfgs",
        "L-BFGS",
        curvature.lbfgs_init,
        curvature.lbfgs_update,
        (
            _rate(1.0),
            Setting("max_iter", 20, 1, 1000),
            Setting("tolerance_grad", 1e-7, 0, 1, logarithmic=True),
            Setting("tolerance_change", 1e-9, 0, 1, logarithmic=True),
            Setting("history_size", 100, 1, 1000),
            Setting("line_search_fn", 0, 0, 1, flag=True),
        ),
        needs_surface=True,
        batched=False,
        twin="LBFGS",
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {optimizer.name: optimizer for optimizer in _ALL}
