"""Learning rates that race well, by surface and optimizer.

Found by running every rule from each surface's start at 1, 2, 5 of each decade
for 300 steps and taking the rate with the lowest mean loss over the second
half whose path neither leaves the view nor jumps across it; those of the
three classical rules were then chosen by eye, so that the pictures tell the
lecture's story.
"""

from __future__ import annotations

CLASSICAL = ("sgd", "momentum", "nesterov", "heavy-ball")
# fmt: off
COLUMNS = (
    "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam",
    "adamw", "adamax", "nadam", "radam", "rprop", "amsgrad", "lion",
)
# fmt: on


def row(numbers: str) -> dict[str, float]:
    """A surface's rates by optimizer name, from numbers in the order of `COLUMNS`; heavy ball
    has momentum's."""
    rates = dict(zip(COLUMNS, map(float, numbers.split()), strict=True))
    return {**rates, "heavy-ball": rates["momentum"]}


ROSENBROCK = row("1e-3 1e-3 1e-3 0.2 0.02 10 0.2 0.2 0.2 0.05 2e-4 0.05 0.2 0.02")
QUADRATIC = row("0.038 3e-3 3e-3 0.2 0.02 5 0.1 0.2 0.2 0.2 5e-3 0.02 0.1 0.05")


def of_rosenbrock(a: float, b: float) -> dict[str, float]:
    """The classical rules' rates shrink as the curvature across the valley grows with b."""
    return {
        name: rate * min(1.0, 100 / b) if name in CLASSICAL else rate
        for name, rate in ROSENBROCK.items()
    }


def of_quadratic(condition: float, rotation: float) -> dict[str, float]:
    """SGD zigzags just inside 2/L; momentum is near critical along the valley where it can be."""
    return {
        **QUADRATIC,
        "sgd": 1.9 / max(condition, 10),
        "momentum": min(3e-3, 2.5 / condition),
        "nesterov": min(3e-3, 1.1 / condition),
    }
