"""One step written line by line: each line a symbol, its formula and its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.optimizers.expressions import Array, Expression, Values, evaluate, read
from engine.optimizers.objective import Objective


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
    """Where a formula writes; every line may use the values above it.

    Attributes:
        hyper: the rule's settings, in this step.
        taken: how many steps were taken before this one.
        values: all that is known by its symbol; float64, () or (2,) or (2, 2).
        objective: for a rule that needs more than the gradient.
        history: what L-BFGS remembers before this step, float64 arrays (2,), (K, 2), (K,) or
            () by name (`lbfgs_state.freeze`).
    """

    hyper: Mapping[str, float]
    taken: int
    values: dict[str, Array]
    objective: Objective
    history: Mapping[str, np.ndarray] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def write(self, symbol: str, text: str) -> Array:
        """Add a line; gives its value, float64 () or (2,) or (2, 2).

        Raises:
            ValueError: the formula uses what `expressions.OPERATIONS` has not.
            KeyError: it names a symbol that is not known yet.
        """
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
        """Note a value that is given, float64 () or (2,) or (2, 2), without a line."""
        self.values[symbol] = np.asarray(value, dtype=np.float64)

    def decay(self) -> str:
        """The gradient's symbol, after the line of the weight decay if there is any."""
        if not self.hyper.get("weight_decay"):
            return "g"
        self.write("g_bar", "g + weight_decay*x")
        return "g_bar"

    def loss(self, point: Array) -> float:
        """The objective at a point (2,) float64."""
        import torch

        return float(self.objective.value(torch.from_numpy(point[None].copy()))[0])

    def hessian(self, point: Array) -> Array:
        """Second derivatives (2, 2) float64 at a point (2,) float64."""
        import torch

        return self.objective.hessian(torch.from_numpy(point[None].copy()))[0].numpy()
