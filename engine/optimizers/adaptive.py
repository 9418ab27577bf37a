"""Rules with a step of its own for each coordinate: Adagrad to Lion.

Same form as in `gradient`: points, gradients and the state's arrays are (N, D) of one
floating dtype unless said otherwise, hyper-parameters numbers or (N, 1), the step is in the
units of the points. They follow torch.optim's single-tensor code; `weight_decay` is added to
the gradient unless a rule decouples it. Nothing is raised: inf and NaN stay what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.optimizers.gradient import begin_with, choose, decayed, new_age, quotient

if TYPE_CHECKING:
    import torch

    from engine.optimizers.base import Hyper, State


def _zeros(points: torch.Tensor, *names: str) -> State:
    """Named (N, 2) zeros, and `age`, the number of steps taken."""
    state = {name: points.new_zeros(points.shape) for name in names}
    state["age"] = new_age()
    return state


def adagrad_init(points: torch.Tensor) -> State:
    """`sum` (N, D) of squared gradients, zero."""
    return _zeros(points, "sum")


def adagrad_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.Adagrad: Duchi et al. 2011."""
    gradient = decayed(points, gradient, hyper)
    held = state["sum"]
    begun = begin_with(held + hyper["initial_accumulator_value"], state["age"], held)
    total = begun + gradient * gradient
    rate = quotient(hyper["lr"], 1 + state["age"] * hyper["lr_decay"])
    step = -rate * gradient / (total.sqrt() + hyper["eps"])
    return step, {"sum": total, "age": state["age"] + 1}


def rmsprop_init(points: torch.Tensor) -> State:
    """Running means of squares and gradients, and the velocity: (N, D), zero."""
    return _zeros(points, "square", "mean", "velocity")


def rmsprop_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.RMSprop: Hinton 2012; centered as in Graves 2013."""
    gradient = decayed(points, gradient, hyper)
    alpha, momentum = hyper["alpha"], hyper["momentum"]
    square = alpha * state["square"] + (1 - alpha) * gradient * gradient
    mean = state["mean"] + (1 - alpha) * (gradient - state["mean"])
    variance = choose(hyper["centered"], lambda: square - mean * mean, lambda: square)
    scaled = gradient / (variance.sqrt() + hyper["eps"])
    velocity = momentum * state["velocity"] + scaled
    new = {"square": square, "mean": mean, "velocity": velocity, "age": state["age"] + 1}
    return -hyper["lr"] * velocity, new


def adadelta_init(points: torch.Tensor) -> State:
    """Running means of squared gradients and of squared steps: (N, D), zero."""
    return _zeros(points, "square", "steps")


def adadelta_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.Adadelta: Zeiler 2012."""
    gradient = decayed(points, gradient, hyper)
    rho, eps = hyper["rho"], hyper["eps"]
    square = rho * state["square"] + (1 - rho) * gradient * gradient
    delta = (state["steps"] + eps).sqrt() / (square + eps).sqrt() * gradient
    steps = rho * state["steps"] + (1 - rho) * delta * delta
    return -hyper["lr"] * delta, {"square": square, "steps": steps, "age": state["age"] + 1}


def adam_init(points: torch.Tensor) -> State:
    """First and second moment, and the largest second one: (N, D), zero."""
    return _zeros(points, "mean", "square", "largest")


def adam_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.Adam and, with `decoupled` decay, AdamW; `amsgrad` keeps the largest square.

    Kingma & Ba 2015, Loshchilov & Hutter 2019, Reddi et al. 2018.
    """
    import torch

    rate, decay = hyper["lr"], hyper["weight_decay"]
    apart, bare = hyper["decoupled"], gradient
    gradient = choose(apart, lambda: bare, lambda: decayed(points, bare, hyper))
    mean, square, age, correction, root = _moments(gradient, state, hyper)
    largest = torch.maximum(state["largest"], square)
    second = choose(hyper["amsgrad"], lambda: largest, lambda: square)
    size = second.sqrt() / root + hyper["eps"]
    step = quotient(-rate, correction) * mean / size
    shrunk = choose(apart, lambda: -rate * decay * points + step, lambda: step)
    return shrunk, {"mean": mean, "square": square, "largest": largest, "age": age}


def _moments(
    gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """The running mean and square after this gradient, the age, and Adam's two corrections."""
    beta1, beta2 = hyper["beta1"], hyper["beta2"]
    age = state["age"] + 1
    mean = state["mean"] + (1 - beta1) * (gradient - state["mean"])
    square = beta2 * state["square"] + (1 - beta2) * gradient * gradient
    return mean, square, age, 1 - beta1**age, (1 - beta2**age).sqrt()


def adamax_init(points: torch.Tensor) -> State:
    """First moment and largest gradient: (N, D), zero."""
    return _zeros(points, "mean", "largest")


def adamax_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.Adamax: Kingma & Ba 2015, section 7.1."""
    import torch

    gradient = decayed(points, gradient, hyper)
    beta1, age = hyper["beta1"], state["age"] + 1
    mean = state["mean"] + (1 - beta1) * (gradient - state["mean"])
    largest = torch.maximum(hyper["beta2"] * state["largest"], gradient.abs() + hyper["eps"])
    step = quotient(-hyper["lr"], 1 - beta1**age) * mean / largest
    return step, {"mean": mean, "largest": largest, "age": age}


def nadam_init(points: torch.Tensor) -> State:
    """Both moments (N, D), zero, and the product (N, 1) of the momenta, one."""
    return {**_zeros(points, "mean", "square"), "product": points.new_ones(len(points), 1)}


def nadam_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.NAdam: Dozat 2016."""
    gradient = decayed(points, gradient, hyper)
    mean, square, age, _, root = _moments(gradient, state, hyper)
    beta1, decay, rate = hyper["beta1"], hyper["momentum_decay"], hyper["lr"]
    now = beta1 * (1 - 0.5 * 0.96 ** (age * decay))
    following = beta1 * (1 - 0.5 * 0.96 ** ((age + 1) * decay))
    # torch keeps this product in float32, whatever the parameter's type.
    product = (state["product"].float() * now.float()).to(points.dtype)
    size = square.sqrt() / root + hyper["eps"]
    step = (
        -rate * (1 - now) / (1 - product) * gradient / size
        - rate * following / (1 - product * following) * mean / size
    )
    return step, {"mean": mean, "square": square, "product": product, "age": age}


def radam_init(points: torch.Tensor) -> State:
    """Both moments (N, D), zero."""
    return _zeros(points, "mean", "square")


def radam_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.RAdam: Liu et al. 2020; plain momentum until the variance can be trusted."""
    import torch

    gradient = decayed(points, gradient, hyper)
    mean, square, age, correction, root = _moments(gradient, state, hyper)
    beta2 = hyper["beta2"]
    limit = quotient(2, 1 - beta2) - 1
    length = limit - 2 * age * beta2**age / (1 - beta2**age)
    trusted = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)
    adaptive = trusted.clamp_min(0).sqrt() * root / (square.sqrt() + hyper["eps"])
    factor = torch.where((length > 5).to(points.device), adaptive, torch.ones_like(adaptive))
    step = -hyper["lr"] * mean / correction * factor
    return step, {"mean": mean, "square": square, "age": age}


def rprop_init(points: torch.Tensor) -> State:
    """The last gradient and the step's sizes: (N, D), zero."""
    return _zeros(points, "previous", "size")


def rprop_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.Rprop: Riedmiller & Braun 1993; only the sign of the gradient counts."""
    import torch

    agree = (gradient * state["previous"]).sign()
    one = torch.ones_like(agree)
    factor = torch.where(
        agree > 0, one * hyper["eta_plus"], torch.where(agree < 0, one * hyper["eta_minus"], one)
    )
    size = begin_with(one * hyper["lr"], state["age"], state["size"]) * factor
    size = torch.minimum(torch.maximum(size, one * hyper["step_min"]), one * hyper["step_max"])
    # After a change of sign the coordinate rests for one step.
    used = torch.where(agree < 0, torch.zeros_like(gradient), gradient)
    step = -used.sign() * size
    return step, {"previous": used, "size": size, "age": state["age"] + 1}


def lion_init(points: torch.Tensor) -> State:
    """Running mean of gradients (N, D), zero."""
    return _zeros(points, "mean")


def lion_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """Lion: Chen et al. 2023 (arXiv 2302.06675), algorithm 2; torch.optim has none."""
    beta1, beta2 = hyper["beta1"], hyper["beta2"]
    direction = beta1 * state["mean"] + (1 - beta1) * gradient
    step = -hyper["lr"] * (direction.sign() + hyper["weight_decay"] * points)
    mean = beta2 * state["mean"] + (1 - beta2) * gradient
    return step, {"mean": mean, "age": state["age"] + 1}
