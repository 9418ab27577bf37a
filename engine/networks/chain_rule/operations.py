"""What a node of a computation graph can do: its value and its derivatives, as formulas.

The formulas are in u and v, the first and the second input, and w, the node's own value; what
draws them needs their shape, what computes needs their value. Where a function has a kink the
derivative is the one that PyTorch takes.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.optimizers.expressions import Apply, Expression, Number, Symbol, evaluate, read


@dataclass(frozen=True)
class Operation:
    """One operation.

    Attributes:
        key: an operator's sign, or the function's name.
        value: formula of the value.
        derivatives: formulas of the derivatives by u and v.
        title: how a node says it, with {0} and {1} for its inputs.
        torch: the same in Python, with PyTorch's functions.
        kink: formula that is 0 where the function has a kink or a jump; empty where it has none.
    """

    key: str
    value: str
    derivatives: tuple[str, ...]
    title: str
    torch: str
    kink: str = ""


def _function(name: str, derivative: str, *, title: str = "", torch: str = "", kink: str = "",
              value: str = "") -> Operation:  # fmt: skip
    """A function of one variable."""
    title = title or f"{name} {{0}}"
    call = torch or f"torch.{name}({{0}})"
    return Operation(name, value or f"{name}(u)", (derivative,), title, call, kink)


OPERATIONS = {
    operation.key: operation
    for operation in (
        Operation("+", "u + v", ("1", "1"), "{0} + {1}", "{0} + {1}"),
        Operation("-", "u - v", ("1", "-1"), "{0} − {1}", "{0} - {1}"),
        Operation("*", "u*v", ("v", "u"), "{0} · {1}", "{0} * {1}"),
        Operation("/", "u/v", ("1/v", "-u/v**2"), "{0} / {1}", "{0} / {1}"),
        Operation("^", "u**v", ("v*u**(v - 1)", "w*ln(u)"), "{0}^{1}", "{0} ** {1}"),
        # A root with an odd index is real for every number, as in graphing programs.
        Operation(
            "odd power",
            "sign(u)*abs(u)**v",
            ("v*abs(u)**(v - 1)",),
            "{0}^{1}",
            "torch.sign({0}).detach() * torch.abs({0}) ** ({1})",
        ),
        Operation(
            "even power",
            "abs(u)**v",
            ("sign(u)*v*abs(u)**(v - 1)",),
            "{0}^{1}",
            "torch.abs({0}) ** ({1})",
        ),
        _function("identity", "1", value="u", title="{0}", torch="{0} + 0"),
        _function("negative", "-1", value="-u", title="−{0}", torch="-{0}"),
        _function("sin", "cos(u)"),
        _function("cos", "-sin(u)"),
        _function("tan", "1 + w**2"),
        _function("asin", "1/sqrt(1 - u**2)"),
        _function("acos", "-1/sqrt(1 - u**2)"),
        _function("atan", "1/(1 + u**2)"),
        _function("sinh", "cosh(u)"),
        _function("cosh", "sinh(u)"),
        _function("tanh", "1 - w**2"),
        _function("exp", "w"),
        _function("ln", "1/u", torch="torch.log({0})"),
        _function("log2", "1/(u*ln(2))"),
        _function("log10", "1/(u*ln(10))"),
        _function("sqrt", "1/(2*w)", title="√{0}"),
        _function("abs", "sign(u)", title="|{0}|", kink="u"),
        _function("sign", "0", kink="u"),
        _function("floor", "0", kink="u - w"),
        _function("sigmoid", "w*(1 - w)"),
        _function("relu", "max(sign(u), 0)", kink="u"),
        Operation(
            "min",
            "min(u, v)",
            ("(1 - sign(u - v))/2", "(1 + sign(u - v))/2"),
            "min({0}, {1})",
            "torch.minimum({0}, {1})",
            "u - v",
        ),
        Operation(
            "max",
            "max(u, v)",
            ("(1 + sign(u - v))/2", "(1 - sign(u - v))/2"),
            "max({0}, {1})",
            "torch.maximum({0}, {1})",
            "u - v",
        ),
        Operation(
            "atan2",
            "atan2(u, v)",
            ("v/(u**2 + v**2)", "-u/(u**2 + v**2)"),
            "atan2({0}, {1})",
            "torch.atan2({0}, {1})",
        ),
    )
}


def formula(text: str, parts: dict[str, Expression]) -> Expression:
    """A formula of the table with its letters replaced, and simplified: x^(2 - 1) is x."""
    return _simplify(_replace(read(text), parts))


def _replace(node: Expression, parts: dict[str, Expression]) -> Expression:
    if isinstance(node, Symbol):
        return parts[node.name]
    if isinstance(node, Apply):
        return Apply(node.head, tuple(_replace(part, parts) for part in node.parts))
    return node


def _simplify(node: Expression) -> Expression:
    """Numbers that stand together are put together; factors and powers of 1 are left out."""
    if not isinstance(node, Apply):
        return node
    parts = tuple(_simplify(part) for part in node.parts)
    if node.head in ("+", "-", "negative") and all(isinstance(part, Number) for part in parts):
        return Number(float(evaluate(Apply(node.head, parts), {})))
    if node.head == "*" and Number(0.0) in parts:
        return Number(0.0)
    if node.head == "*" and parts[0] == Number(1.0):
        return parts[1]
    if node.head in ("^", "*", "/") and parts[1] == Number(1.0):
        return parts[0]
    return Apply(node.head, parts)
