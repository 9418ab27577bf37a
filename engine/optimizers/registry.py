"""Optimizers as pure functions over a batch of points: one record each, read by everything.

A rule is `init(points) -> state` and `update(points, gradient, state, hyper)
-> (step, state)`: points and gradients are (N, D) tensors, hyper-parameters
numbers or (N, 1) tensors, so a race, a basin map and a map of learning rates
are each one batched call. A racer holds nothing hidden, so replay is free.

Every rule follows its `torch.optim` twin step by step; keys are torch's
argument names with torch's defaults. No torch at import: the window lists the
optimizers before torch is loaded.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from engine.checks import find_named
from engine.optimizers import adaptive, gradient, looks, region, second_order
from engine.optimizers import update_formulas as formulas
from engine.optimizers.base import Optimizer, Setting
from engine.optimizers.looks import Look, RacerStyle
from engine.optimizers.stability import frozen
from engine.optimizers.stability.fastest import (
    fastest_newton,
    fastest_sgd,
    heavy_ball_optimum,
)


def find(name: str) -> Optimizer:
    """The optimizer of that name.

    Raises:
        InputError: there is none.
    """
    return find_named(OPTIMIZERS, name, kind="Optimizer")


def racer_style(optimizer: str, occurrence: int = 0) -> RacerStyle:
    """How a racer is drawn, the same everywhere.

    Args:
        optimizer: its name.
        occurrence: 0 for the first racer of that optimizer, 1 for its second ...

    Raises:
        InputError: there is no such optimizer.
    """
    return looks.style(find(optimizer).appearance, occurrence)


def _rate(default: float) -> Setting:
    return Setting("lr", default, 0, 1e6, logarithmic=True)


def _betas(beta1: float = 0.9, beta2: float = 0.999) -> tuple[Setting, Setting]:
    return (
        Setting("beta1", beta1, 0, 0.999999, pair="betas"),
        Setting("beta2", beta2, 0, 0.999999, pair="betas"),
    )


def _eps(default: float = 1e-8) -> Setting:
    return Setting("eps", default, 0, 1, logarithmic=True)


def _decay(default: float = 0) -> Setting:
    return Setting("weight_decay", default, 0, 10)


def _momentum(default: float) -> Setting:
    return Setting("momentum", default, 0, 1)


def _dampening() -> Setting:
    return Setting("dampening", 0, 0, 1)


def _flag(name: str, default: float = 0, *, in_twin: bool = True) -> Setting:
    return Setting(name, default, 0, 1, flag=True, in_twin=in_twin)


SGD = Optimizer(
    "sgd",
    "SGD",
    gradient.sgd_init,
    gradient.sgd_update,
    (_rate(1e-3), _momentum(0), _dampening(), _decay(), _flag("nesterov")),
    formulas.sgd,
    {"velocity": "b"},
    twin="SGD",
    follows="velocity",
    look=Look("gradient", 0, looks.SOLID, "circle"),
    frozen=frozen.sgd,
    fastest=fastest_sgd,
)
ADAM = Optimizer(
    "adam",
    "Adam",
    adaptive.adam_init,
    adaptive.adam_update,
    (_rate(1e-3), *_betas(), _eps(), _decay(), _flag("amsgrad")),
    formulas.adam,
    {"mean": "m", "square": "v", "largest": "w"},
    fixed=(_flag("decoupled", 0, in_twin=False),),
    twin="Adam",
    frozen=frozen.adam,
    follows="mean",
    region=partial(region.ellipse, symbol="v_hat"),
    network_rate=3e-4,
    look=Look("adam", 3, looks.SOLID, "star"),
)

_ALL = (
    SGD,
    replace(
        SGD,
        name="momentum",
        title="Momentum",
        settings=(_rate(1e-3), _momentum(0.9), _dampening(), _decay()),
        fixed=(_flag("nesterov", 0),),
        look=Look("momentum", 1, looks.DASHED, "square"),
    ),
    replace(
        SGD,
        name="nesterov",
        title="Nesterov",
        settings=(_rate(1e-3), _momentum(0.9), _decay()),
        fixed=(_flag("nesterov", 1), _dampening()),
        look=Look("momentum", 4, looks.SOLID, "triangle-up"),
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
        formulas.adagrad,
        {"sum": "s"},
        twin="Adagrad",
        frozen=frozen.adagrad,
        region=partial(region.ellipse, symbol="s_new"),
        network_rate=1e-3,
        look=Look("squares", 1, looks.DASH_DOT, "diamond"),
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
            _flag("centered"),
        ),
        formulas.rmsprop,
        {"square": "v", "mean": "m", "velocity": "b"},
        twin="RMSprop",
        frozen=frozen.rmsprop,
        region=partial(region.ellipse, symbol="v_new"),
        network_rate=1e-4,
        look=Look("squares", 2, looks.LONG, "pentagon"),
    ),
    Optimizer(
        "adadelta",
        "Adadelta",
        adaptive.adadelta_init,
        adaptive.adadelta_update,
        (_rate(1.0), Setting("rho", 0.9, 0, 0.999999), _eps(1e-6), _decay()),
        formulas.adadelta,
        {"square": "v", "steps": "u"},
        twin="Adadelta",
        frozen=frozen.adadelta,
        region=partial(region.ellipse, symbol="v_new"),
        network_rate=1.0,
        look=Look("squares", 3, looks.DOTTED, "triangle-down"),
    ),
    ADAM,
    replace(
        ADAM,
        name="adamw",
        title="AdamW",
        settings=(_rate(1e-3), *_betas(), _eps(), _decay(0.01), _flag("amsgrad")),
        fixed=(_flag("decoupled", 1, in_twin=False),),
        twin="AdamW",
        look=Look("adam", 1, looks.LONG, "cross"),
    ),
    Optimizer(
        "adamax",
        "Adamax",
        adaptive.adamax_init,
        adaptive.adamax_update,
        (_rate(2e-3), *_betas(), _eps(), _decay()),
        formulas.adamax,
        {"mean": "m", "largest": "u"},
        twin="Adamax",
        frozen=frozen.adamax,
        follows="mean",
        region=partial(region.box, symbol="u_new"),
        network_rate=3e-4,
        look=Look("adam", 4, looks.SPARSE, "hexagon"),
    ),
    Optimizer(
        "nadam",
        "NAdam",
        adaptive.nadam_init,
        adaptive.nadam_update,
        (_rate(2e-3), *_betas(), _eps(), _decay(), Setting("momentum_decay", 4e-3, 0, 1)),
        formulas.nadam,
        {"mean": "m", "square": "v", "product": "p"},
        twin="NAdam",
        frozen=frozen.nadam,
        follows="mean",
        region=partial(region.ellipse, symbol="v_hat"),
        network_rate=3e-4,
        note="torch keeps Π in single precision.",
        look=Look("adam", 2, looks.DOTTED, "triangle-right"),
    ),
    Optimizer(
        "radam",
        "RAdam",
        adaptive.radam_init,
        adaptive.radam_update,
        (_rate(1e-3), *_betas(), _eps(), _decay()),
        formulas.radam,
        {"mean": "m", "square": "v"},
        twin="RAdam",
        frozen=frozen.radam,
        follows="mean",
        region=partial(region.ellipse, symbol="v_new"),
        network_rate=3e-4,
        note="Above 5 the second moment is trusted; below, plain momentum is used.",
        look=Look("adam", 4, looks.DASH_DOT_DOT, "diamond"),
    ),
    Optimizer(
        "rprop",
        "Rprop",
        adaptive.rprop_init,
        adaptive.rprop_update,
        (
            _rate(0.01),
            Setting("eta_minus", 0.5, 0.01, 0.99, pair="etas"),
            Setting("eta_plus", 1.2, 1.01, 10, pair="etas"),
            Setting("step_min", 1e-6, 0, 1e6, logarithmic=True, pair="step_sizes"),
            Setting("step_max", 50, 0, 1e6, logarithmic=True, pair="step_sizes"),
        ),
        formulas.rprop,
        {"previous": "g_old", "size": "size"},
        twin="Rprop",
        region=partial(region.box, symbol="size_new", in_plane=True),
        network_rate=1e-4,
        look=Look("sign", 1, looks.SPARSE, "triangle-left"),
    ),
    replace(
        ADAM,
        name="amsgrad",
        title="AMSGrad",
        settings=(_rate(1e-3), *_betas(), _eps(), _decay()),
        fixed=(_flag("decoupled", 0, in_twin=False), _flag("amsgrad", 1)),
        look=Look("adam", 3, looks.DASH_DOT, "pentagon"),
    ),
    Optimizer(
        "lion",
        "Lion",
        adaptive.lion_init,
        adaptive.lion_update,
        (_rate(1e-4), *_betas(0.9, 0.99), _decay()),
        formulas.lion,
        {"mean": "m"},
        follows="mean sign",
        region=partial(region.box, symbol="lr", in_plane=True),
        look=Look("sign", 2, looks.DASHED, "star"),
    ),
    replace(
        SGD,
        name="heavy-ball",
        title="Heavy ball",
        settings=(_rate(1e-3), _momentum(0.9)),
        fixed=(_flag("nesterov", 0), _dampening(), _decay()),
        optimum=heavy_ball_optimum,
        look=Look("momentum", 2, looks.DASH_DOT_DOT, "triangle-left"),
    ),
    Optimizer(
        "line-search",
        "Line search",
        second_order.line_search_init,
        second_order.line_search_update,
        (
            _rate(1.0),
            Setting("shrink", 0.5, 0.01, 0.99),
            Setting("decrease", 1e-4, 0, 0.99, logarithmic=True),
        ),
        formulas.line_search,
        needs_objective=True,
        look=Look("gradient", 2, looks.SPARSE, "plus"),
    ),
    Optimizer(
        "newton",
        "Newton",
        second_order.newton_init,
        second_order.newton_update,
        (
            _rate(1.0),
            Setting("damping", 1.0, 0, 1e6, logarithmic=True),
            _flag("saddle_free", 1),
        ),
        formulas.newton,
        region=partial(region.level_line, symbols=("A", "B", "H")),
        needs_objective=True,
        needs_hessian=True,
        frozen=frozen.newton,
        fastest=fastest_newton,
        cost=3,  # the gradient, and one more for each column of the Hessian
        look=Look("curvature", 1, looks.DASH_DOT_DOT, "plus"),
    ),
    Optimizer(
        "lbfgs",
        "L-BFGS",
        second_order.lbfgs_init,
        second_order.lbfgs_update,
        (
            _rate(1.0),
            Setting("max_iter", 20, 1, 1000, whole=True),
            Setting("tolerance_grad", 1e-7, 0, 1, logarithmic=True),
            Setting("tolerance_change", 1e-9, 0, 1, logarithmic=True),
            Setting("history_size", 100, 1, 1000, whole=True),
            replace(_flag("line_search_fn"), words=(None, "strong_wolfe")),
        ),
        formulas.lbfgs,
        region=partial(region.level_line, symbols=("H",), inverse=True),
        needs_objective=True,
        batched=False,
        twin="LBFGS",
        look=Look("curvature", 4, looks.DASH_DOT, "square"),
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {optimizer.name: optimizer for optimizer in _ALL}
