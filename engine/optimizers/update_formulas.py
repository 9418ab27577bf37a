"""The update formula of every rule, line by line, as `workings` fills it with numbers.

A recipe writes on a board: each line is a symbol and its formula in our own
notation (`expressions.read`). A name ending in `_new` is the value after the
step, the same name without it the value before. Every recipe ends with
`x_new`. The formulas are torch.optim's (FACTS: float64, to the last digits).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.optimizers import adaptive, gradient
from engine.optimizers import second_order as curvature
from engine.optimizers.expressions import Array, Expression, Values, evaluate, read


@dataclass(frozen=True)
class Line:
    """One line: symbol = formula = the formula with numbers = result.

    Attributes:
        symbol: what is computed; empty for a comparison, whose result is a bool.
        formula: None for what is given (the gradient, the state before the step).
        values: of every symbol in the formula.
        result: float64, () or (2,) or (2, 2).
    """

    symbol: str
    formula: Expression | None
    values: Values
    result: Array


@dataclass
class StepCalculation:
    """Where a recipe writes; every line may use the values above it.

    Attributes:
        hyper: the rule's settings, in this step.
        step: how many steps were taken before this one.
        values: all that is known by its symbol.
        loss: the surface's loss at a point, for a rule that asks.
    """

    hyper: Mapping[str, float]
    step: int
    values: dict[str, Array]
    loss: Callable[[Array], float]
    lines: list[Line] = field(default_factory=list)

    def write(self, symbol: str, text: str) -> Array:
        """Add a line; gives its value."""
        formula = read(text)
        result = np.asarray(evaluate(formula, self.values), dtype=np.float64)
        self.lines.append(Line(symbol, formula, dict(self.values), result))
        self.values[symbol] = result
        return result

    def compare(self, text: str) -> bool:
        """Add a line that is true or false; gives which."""
        formula = read(text)
        result = np.asarray(evaluate(formula, self.values))
        self.lines.append(Line("", formula, dict(self.values), result))
        return bool(result)

    def let(self, symbol: str, value: float | Array) -> None:
        """Note a value that is given, without a line."""
        self.values[symbol] = np.asarray(value, dtype=np.float64)

    def decay(self) -> str:
        """The gradient's symbol, after the line of the weight decay if there is any."""
        if not self.hyper.get("weight_decay"):
            return "g"
        self.write("g_bar", "g + weight_decay*x")
        return "g_bar"


def _sgd(board: StepCalculation) -> None:
    used = board.decay()
    if not board.hyper.get("momentum"):
        board.write("x_new", f"x - lr*{used}")
        return
    if board.step == 0:
        board.write("b_new", used)  # torch's first buffer is the bare gradient
    elif board.hyper.get("dampening"):
        board.write("b_new", f"momentum*b + (1 - dampening)*{used}")
    else:
        board.write("b_new", f"momentum*b + {used}")
    if board.hyper.get("nesterov"):
        board.write("x_new", f"x - lr*({used} + momentum*b_new)")
    else:
        board.write("x_new", "x - lr*b_new")


def _adagrad(board: StepCalculation) -> None:
    used = board.decay()
    begun = "s"
    if board.step == 0 and board.hyper["initial_accumulator_value"]:
        begun = "initial_accumulator_value"
    board.write("s_new", f"{begun} + {used}**2")
    rate = "lr"
    if board.hyper["lr_decay"]:
        board.write("lr_now", "lr/(1 + t*lr_decay)")
        rate = "lr_now"
    board.write("x_new", f"x - {rate}*{used}/(sqrt(s_new) + eps)")


def _rmsprop(board: StepCalculation) -> None:
    used = board.decay()
    board.write("v_new", f"alpha*v + (1 - alpha)*{used}**2")
    size = "v_new"
    if board.hyper["centered"]:
        board.write("m_new", f"alpha*m + (1 - alpha)*{used}")
        size = "v_new - m_new**2"
    if board.hyper["momentum"]:
        board.write("b_new", f"momentum*b + {used}/(sqrt({size}) + eps)")
        board.write("x_new", "x - lr*b_new")
    else:
        board.write("x_new", f"x - lr*{used}/(sqrt({size}) + eps)")


def _adadelta(board: StepCalculation) -> None:
    used = board.decay()
    board.write("v_new", f"rho*v + (1 - rho)*{used}**2")
    board.write("d", f"sqrt(u + eps)/sqrt(v_new + eps)*{used}")
    board.write("u_new", "rho*u + (1 - rho)*d**2")
    board.write("x_new", "x - lr*d")


def _moments(board: StepCalculation, used: str) -> None:
    board.write("t_new", "t + 1")
    board.write("m_new", f"beta1*m + (1 - beta1)*{used}")
    board.write("v_new", f"beta2*v + (1 - beta2)*{used}**2")


def _adam(board: StepCalculation) -> None:
    apart = bool(board.hyper["decoupled"])
    _moments(board, "g" if apart else board.decay())
    square = "v_new"
    if board.hyper["amsgrad"]:
        board.write("w_new", "max(w, v_new)")
        square = "w_new"
    board.write("m_hat", "m_new/(1 - beta1**t_new)")
    board.write("v_hat", f"{square}/(1 - beta2**t_new)")
    shrink = "- lr*weight_decay*x " if apart and board.hyper["weight_decay"] else ""
    board.write("x_new", f"x {shrink}- lr*m_hat/(sqrt(v_hat) + eps)")


def _adamax(board: StepCalculation) -> None:
    used = board.decay()
    board.write("t_new", "t + 1")
    board.write("m_new", f"beta1*m + (1 - beta1)*{used}")
    board.write("u_new", f"max(beta2*u, abs({used}) + eps)")
    board.write("m_hat", "m_new/(1 - beta1**t_new)")
    board.write("x_new", "x - lr*m_hat/u_new")


def _nadam(board: StepCalculation) -> None:
    used = board.decay()
    _moments(board, used)
    board.write("mu_now", "beta1*(1 - 0.5*0.96**(t_new*momentum_decay))")
    board.write("mu_next", "beta1*(1 - 0.5*0.96**((t_new + 1)*momentum_decay))")
    board.write("p_new", "single(p, mu_now)")
    board.write("v_hat", "v_new/(1 - beta2**t_new)")
    board.write("g_hat", f"(1 - mu_now)/(1 - p_new)*{used}")
    board.write("m_hat", "mu_next/(1 - p_new*mu_next)*m_new")
    board.write("x_new", "x - lr*(g_hat + m_hat)/(sqrt(v_hat) + eps)")


def _radam(board: StepCalculation) -> None:
    _moments(board, board.decay())
    board.write("m_hat", "m_new/(1 - beta1**t_new)")
    board.write("rho_limit", "2/(1 - beta2) - 1")
    board.write("rho_now", "rho_limit - 2*t_new*beta2**t_new/(1 - beta2**t_new)")
    if not board.compare("rho_now > 5"):
        board.write("x_new", "x - lr*m_hat")
        return
    board.write(
        "r",
        "sqrt((rho_now - 4)*(rho_now - 2)*rho_limit/((rho_limit - 4)*(rho_limit - 2)*rho_now))",
    )
    # torch adds eps before the correction.
    board.write("l", "sqrt(1 - beta2**t_new)/(sqrt(v_new) + eps)")
    board.write("x_new", "x - lr*r*l*m_hat")


def _rprop(board: StepCalculation) -> None:
    if board.step == 0:
        board.let("size", np.full(2, board.hyper["lr"]))
    board.write("s", "sign(g*g_old)")
    board.write("q", "grow(s, eta_plus, eta_minus)")
    board.write("size_new", "min(max(q*size, step_min), step_max)")
    board.write("g_hat", "rest(s, g)")
    board.write("x_new", "x - sign(g_hat)*size_new")


def _lion(board: StepCalculation) -> None:
    board.write("c", "beta1*m + (1 - beta1)*g")
    board.write("m_new", "beta2*m + (1 - beta2)*g")
    shrink = " + weight_decay*x" if board.hyper["weight_decay"] else ""
    board.write("x_new", f"x - lr*(sign(c){shrink})")


def _line_search(board: StepCalculation) -> None:
    slope = board.write("q", "g @ g")
    board.write("r", "lr")
    point, used = board.values["x"], board.values["g"]
    for _ in range(curvature.MAX_HALVINGS if slope > 0 else 0):
        size = board.values["r"]
        there = point - size * used
        board.let("f_there", board.loss(there))
        if board.compare("f_there <= f - decrease*r*q") or (there == point).all():
            break
        board.write("r", "shrink*r")
    else:
        board.write("r", "0")
    board.write("x_new", "x - r*g")


def _newton(board: StepCalculation) -> None:
    matrix = "H"
    if board.hyper["saddle_free"]:
        board.write("B", "positive(H)")
        matrix = "B"
    if board.hyper["damping"]:
        board.let("I", np.eye(2))
        board.write("A", f"{matrix} + damping*I")
        matrix = "A"
    board.write("d", f"solve({matrix}, g)")
    board.write("x_new", "x - lr*d")


# A rule's update function: its recipe, and the symbols of its state's arrays.
RECIPES: dict[
    Callable[..., object], tuple[Callable[[StepCalculation], None], Mapping[str, str]]
] = {
    gradient.sgd_update: (_sgd, {"velocity": "b"}),
    adaptive.adagrad_update: (_adagrad, {"sum": "s"}),
    adaptive.rmsprop_update: (_rmsprop, {"square": "v", "mean": "m", "velocity": "b"}),
    adaptive.adadelta_update: (_adadelta, {"square": "v", "steps": "u"}),
    adaptive.adam_update: (_adam, {"mean": "m", "square": "v", "largest": "w"}),
    adaptive.adamax_update: (_adamax, {"mean": "m", "largest": "u"}),
    adaptive.nadam_update: (_nadam, {"mean": "m", "square": "v", "product": "p"}),
    adaptive.radam_update: (_radam, {"mean": "m", "square": "v"}),
    adaptive.rprop_update: (_rprop, {"previous": "g_old", "size": "size"}),
    adaptive.lion_update: (_lion, {"mean": "m"}),
    curvature.line_search_update: (_line_search, {}),
    curvature.newton_update: (_newton, {}),
}
