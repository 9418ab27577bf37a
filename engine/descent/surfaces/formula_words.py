"""What a formula may be written with: functions, constants, signs, letters and LaTeX's commands.

Everything that is not in one of these tables is refused, or is a free name.
"""

from __future__ import annotations

import math

CONSTANTS = {"pi": math.pi, "e": math.e}
# name: (how many arguments, torch's name)
FUNCTIONS: dict[str, tuple[int, str]] = {
    "sin": (1, "sin"),
    "cos": (1, "cos"),
    "tan": (1, "tan"),
    "asin": (1, "asin"),
    "acos": (1, "acos"),
    "atan": (1, "atan"),
    "sinh": (1, "sinh"),
    "cosh": (1, "cosh"),
    "tanh": (1, "tanh"),
    "exp": (1, "exp"),
    "log": (1, "log"),
    "ln": (1, "log"),
    "log2": (1, "log2"),
    "log10": (1, "log10"),
    "sqrt": (1, "sqrt"),
    "abs": (1, "abs"),
    "sign": (1, "sign"),
    "floor": (1, "floor"),
    "sigmoid": (1, "sigmoid"),
    "relu": (1, "relu"),
    "min": (2, "minimum"),
    "max": (2, "maximum"),
    "pow": (2, "pow"),
    "atan2": (2, "atan2"),
}
# Other spellings, understood where an argument follows; alone they are free names.
ALIASES = {
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctg": "atan",
    "tg": "tan",
    "lg": "log10",
    "sgn": "sign",
}
SIGNS = {
    **dict.fromkeys("-−–‐‑", "-"),
    **dict.fromkeys("*·⋅∗×•∙⨯✕", "*"),
    **dict.fromkeys("/÷∕⁄", "/"),
    **dict.fromkeys("^ˆ", "^"),
    "+": "+",
    "**": "^",
}
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
ROOTS = {"√": 2, "∛": 3, "∜": 4}
BARS = "|∣"
# Letters of a Russian keyboard that look like Latin ones.
CYRILLIC = dict(zip("хуаеорсіјѕХУАВЕКМНОРСТ", "xyaeopcijsXYABEKMHOPCT", strict=True))
# Σ and Π are left out: they stand for a sum and a product.
GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta"},
    **{"η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu"},
    **{"ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau"},
    **{"υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega"},
    **{"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Υ": "Upsilon"},
    **{"Φ": "Phi", "Ψ": "Psi", "Ω": "Omega"},
    **{"ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ς": "sigma", "ϱ": "rho", "µ": "mu"},
}
LATEX_SIGNS = {"cdot": "*", "times": "*", "ast": "*", "div": "/"}
LATEX_NAMES = {
    **{name: name for name in (*GREEK.values(), *FUNCTIONS, *ALIASES)},
    **{"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho"},
    "varsigma": "sigma",
}
LATEX_FRACTIONS = ("frac", "dfrac", "tfrac")
LATEX_SIZES = ("left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle")
LATEX_BARS = ("vert", "lvert", "rvert")
LATEX_SPACES = ("quad", "qquad")
# Words that in Python reason instead of naming; they name where a sign stands beside them.
REASONING = frozenset({"and", "or", "not", "if", "else"})
VALUES = frozenset({"None", "True", "False"})


def spell(name: str) -> str:
    """A name in Latin letters, as formulas keep it: θ is theta, Cyrillic а is a."""
    return "".join(GREEK.get(letter) or CYRILLIC.get(letter) or letter for letter in name)
