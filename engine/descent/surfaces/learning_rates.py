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
_ROWS = """
rosenbrock       1e-3  1e-3  1e-3   0.2  0.02    10   0.2   0.2   0.2  0.05  2e-4  0.05   0.2  0.02
himmelblau       1e-3  1e-3  1e-3     1   0.1    10   0.5   0.5   0.5     1  2e-3  0.01   0.5   0.1
beale            2e-3  2e-3  2e-3     1   0.1    10   0.5   0.5     1   0.2  0.01  0.01   0.5   0.1
rastrigin        2e-3  5e-3  2e-3   0.1   0.1     1   0.2   0.5   0.2  0.02  0.02  0.01   0.2  0.01
quadratic       0.038  3e-3  3e-3   0.2  0.02     5   0.1   0.2   0.2   0.2  5e-3  0.02   0.1  0.05
saddle           2e-3  2e-3  2e-3  0.05  5e-3  0.02  5e-3  5e-3  0.01  5e-3  0.02  0.01  5e-3  5e-3
monkey-saddle    5e-4  5e-4  5e-4  0.05  2e-3   0.1  5e-3  5e-3  0.01  5e-3  0.01  0.01  5e-3  5e-3
two-wells        0.02  0.02  0.02     1  0.05    20   0.2   0.2   0.2   0.2  0.02  0.01   0.2  0.05
booth            0.02  5e-3  5e-3     2   0.2    20     2     2     2     2  0.01  0.01     1   0.2
matyas            0.5   0.5   0.5     2   0.2    20     2     2     2   0.5   0.5  0.01     2   0.2
ackley           0.05  0.02  0.02     1   0.1   0.5   0.5     1     1   0.5   0.2   0.5   0.5  0.02
six-hump-camel   5e-3  5e-3  5e-3   0.2  0.02     5   0.2   0.2   0.2   0.2  5e-3  0.05   0.2  0.05
three-hump-camel  0.01  0.01  0.01     1   0.1    10   0.5   0.5     1     1  0.02  0.01   0.5   0.1
styblinski-tang  0.01  0.01  0.01     1  0.05    20   0.2     1   0.5   0.5  5e-3  0.01   0.2   0.1
goldstein-price  1e-5  1e-5  1e-5   0.2  0.02    10   0.2   0.2   0.2   0.2  2e-5  1e-3   0.2  0.05
mccormick        0.05  0.02  0.02   0.5  0.05     5   0.5   0.5   0.5   0.5  0.05   0.2   0.2  0.05
easom             0.2   0.2   0.2   0.2  0.01     1   0.5   0.5   0.5  0.05     1  0.01   0.5  0.02
levi             5e-4  2e-4  5e-4     2   0.2    20     2     1     2     1  2e-3   0.5   0.2     1
line-fit          0.1  5e-3  5e-3   0.5  0.05     5   0.2   0.2   0.2   0.2  0.01  0.01   0.2  0.02
logistic-fit      0.5  0.05  0.05   0.5  0.05    10   0.2   0.2   0.2   0.2  0.05  0.01   0.2  0.02
"""
TABLE = {
    name: dict(zip(COLUMNS, map(float, numbers), strict=True))
    for name, *numbers in map(str.split, _ROWS.strip().splitlines())
}


def of_surface(surface: str) -> dict[str, float]:
    """The rates of a surface by optimizer name; heavy ball has momentum's."""
    return {**TABLE[surface], "heavy-ball": TABLE[surface]["momentum"]}


def of_rosenbrock(a: float, b: float) -> dict[str, float]:
    """The classical rules' rates shrink as the curvature across the valley grows with b."""
    return {
        name: rate * min(1.0, 100 / b) if name in CLASSICAL else rate
        for name, rate in of_surface("rosenbrock").items()
    }


def of_quadratic(condition: float, rotation: float) -> dict[str, float]:
    """SGD zigzags just inside 2/L; momentum is near critical along the valley where it can be."""
    return {
        **of_surface("quadratic"),
        "sgd": 1.9 / max(condition, 10),
        "momentum": min(3e-3, 2.5 / condition),
        "nesterov": min(3e-3, 1.1 / condition),
    }
