"""Forward and backward through the graph of an expression, against autograd."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.descent.surfaces.formula import Formula
from engine.errors import FormulaError
from engine.networks.chain_rule.graph import MAX_NODES, build
from engine.networks.chain_rule.script import write_script
from engine.networks.chain_rule.steps import ChainSpec, ChainTrace, Kind, known_after, trace

NAMES = ("x", "y", "t")
FUNCTIONS = ("sin", "cos", "tanh", "exp", "sigmoid", "atan", "abs", "sqrt", "ln", "relu", "cosh")


def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.tuples(inner, st.sampled_from("+-*/"), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    )
    several = st.tuples(st.sampled_from(("min", "max", "atan2")), inner, inner).map(
        lambda parts: f"{parts[0]}({parts[1]}; {parts[2]})"
    )
    power = st.tuples(inner, st.sampled_from(("2", "3", "-1", "0.5", "(1/3)", "(2/3)"))).map(
        lambda parts: f"({parts[0]})^{parts[1]}"
    )
    called = st.tuples(st.sampled_from(FUNCTIONS), inner).map(lambda p: f"{p[0]}({p[1]})")
    return st.one_of(binary, several, power, called, inner.map(lambda part: f"(-{part})"))


LEAVES = st.sampled_from((*NAMES, "x", "2", "0.3", "pi"))
EXPRESSIONS = st.recursive(LEAVES, extend, max_leaves=9)
NUMBERS = st.floats(-3, 3).map(lambda value: round(value, 3))


def autograd(text: str, values: dict[str, float]) -> tuple[float, dict[str, float]]:
    """Value and derivatives of a formula, in float64."""
    tensors = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in values.items()
    }
    zero = torch.tensor(0.0, dtype=torch.float64)
    rest = {name: tensor for name, tensor in tensors.items() if name not in ("x", "y")}
    result = Formula(text, None)(tensors.get("x", zero), tensors.get("y", zero), **rest)
    grads = torch.autograd.grad(result, list(tensors.values()), allow_unused=True)
    derivatives = {
        name: 0.0 if grad is None else float(grad)
        for name, grad in zip(tensors, grads, strict=True)
    }
    return float(result.detach()), derivatives


def derivatives(found: ChainTrace) -> dict[str, float]:
    known = known_after(found, len(found.steps))
    names = found.graph.nodes
    return {names[place].name: known.derivatives[place] for place in found.graph.variables}


@settings(max_examples=120, deadline=None)
@given(EXPRESSIONS, st.fixed_dictionaries(dict.fromkeys(NAMES, NUMBERS)))
def test_it_equals_autograd(text: str, values: dict[str, float]) -> None:
    try:
        found = trace(ChainSpec(text, values=values))
    except FormulaError as error:
        assert error.code in ("chain.no_variable", "chain.too_large")
        return
    used = {name: values[name] for name in found.values}
    value, wanted = autograd(text, used)
    if found.undefined is not None:
        assert not all(math.isfinite(number) for number in (value, *wanted.values())) or (
            not math.isfinite(float(found.undefined.line.result))
        )
        return
    known = known_after(found, len(found.steps))
    assert known.values[len(found.graph.nodes) - 1] == pytest.approx(value, rel=1e-12, abs=1e-12)
    for name, number in derivatives(found).items():
        assert number == pytest.approx(wanted[name], rel=1e-12, abs=1e-12), name


def test_the_chain_of_the_notes() -> None:
    found = trace(ChainSpec("y(x) = sin x", "x = t^2 + 3t", {"t": 0.5}))
    inner, chain = found.steps[-2:]
    assert (inner.kind, chain.kind) == (Kind.INNER, Kind.CHAIN)
    x = 0.25 + 1.5
    assert (inner.line.symbol, inner.result) == ("dx/dt", pytest.approx(4.0, abs=1e-12))
    assert chain.line.symbol == "dy/dt"
    assert chain.result == pytest.approx(math.cos(x) * 4.0, rel=1e-12)
    assert derivatives(found)["t"] == pytest.approx(chain.result, rel=1e-12)


def test_what_is_not_computed_yet_is_absent() -> None:
    found = trace(ChainSpec("sin(x^2)", values={"x": 0.5}))
    start = known_after(found, 0)
    assert start.values == {0: 0.5, 1: 2.0}  # the input and the exponent are given
    assert not start.derivatives and not start.locals and not start.contributions
    kinds = [step.kind for step in found.steps]
    back = [Kind.SEED, Kind.LOCAL, Kind.PRODUCT, Kind.LOCAL, Kind.PRODUCT]
    assert kinds == [Kind.VALUE, Kind.VALUE, *back]
    assert known_after(found, 2).derivatives == {}
    assert known_after(found, 3).derivatives == {3: 1.0}
    assert 0 not in known_after(found, len(kinds) - 1).derivatives


def test_a_node_that_is_used_twice_is_one_node_and_its_contributions_are_summed() -> None:
    found = trace(ChainSpec("x*sin x + x", values={"x": 0.5}))
    assert [node.name for node in found.graph.nodes if node.is_variable] == ["x"]
    *parts, total = [s for s in found.steps if s.line.symbol.startswith("dy/dx")]
    assert [step.line.symbol for step in parts] == ["dy/dx#1", "dy/dx#2", "dy/dx#3"]
    assert total.kind is Kind.SUM
    assert total.result == pytest.approx(sum(step.result for step in parts), abs=1e-15)
    shared = build("sin(x)*sin(x)")
    assert [node.operation for node in shared.nodes] == ["", "sin", "*"]


@pytest.mark.parametrize(
    ("text", "x", "name", "derivative"),
    [("1 + ln x", -1.0, "v1", False), ("2*sqrt(x)", 0.0, "v1", True), ("1/x", 0.0, "y", False)],
)
def test_where_it_is_undefined_the_steps_end_at_that_node(
    text: str, x: float, name: str, derivative: bool
) -> None:
    found = trace(ChainSpec(text, values={"x": x}))
    assert found.undefined is not None
    assert found.graph.nodes[found.undefined.node].name == name
    assert found.undefined.derivative is derivative
    assert all(math.isfinite(step.result) for step in found.steps)


def test_a_kink_is_said() -> None:
    at_zero = trace(ChainSpec("|x| + relu x", values={"x": 0.0}))
    assert sum(step.kink for step in at_zero.steps) == 2
    assert not any(step.kink for step in trace(ChainSpec("|x|", values={"x": 1.0})).steps)


@pytest.mark.parametrize(
    ("outer", "inner", "code", "part"),
    [
        ("", "", "formula.empty", "outer"),
        ("sin(", "", "formula.ends_early", "outer"),
        ("x^2", "t +* 2", "formula.syntax", "inner"),
        ("2 + 3", "", "chain.no_variable", "outer"),
        ("a^2", "t", "chain.no_inner", "outer"),
        ("x^2", "x + 1", "chain.circle", "inner"),
        ("+".join(f"sin({n}x)" for n in range(2, 40)), "", "chain.too_large", "outer"),
        ("a+b+c+d+g+h+k", "", "chain.too_many_variables", "outer"),
        ("foo(x)", "", "formula.unknown_name", "outer"),
        ("x.real", "", "formula.character", "outer"),
    ],
)
def test_a_wrong_formula_is_one_sentence(outer: str, inner: str, code: str, part: str) -> None:
    with pytest.raises(FormulaError) as caught:
        build(outer, inner)
    assert (caught.value.code, caught.value.fields["part"]) == (code, part)
    assert isinstance(caught.value.fields["position"], int)


def test_very_many_ways_are_not_written_out() -> None:
    inner = "t*t"
    for _ in range(4):
        inner = f"({inner})*({inner})"
    found = trace(ChainSpec("x", inner, {"t": 1.01}))
    assert len(found.graph.nodes) <= MAX_NODES
    assert found.steps[-1].result == pytest.approx(32 * 1.01**31, rel=1e-12)


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        (ChainSpec("min(x; 2)*0.5^x + sqrt(2)*|x|^(1/3)", "sin t", {"t": 0.5}), ("x", "t")),
        (ChainSpec("lambda*x^2 - 3/x", values={"lambda": 2.0, "x": 0.5}), ("lambda", "x")),
    ],
)
def test_the_script_prints_the_same(
    spec: ChainSpec, names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(write_script(spec), "script", "exec"), {})
    printed = dict(line.split(" = ") for line in capsys.readouterr().out.splitlines())
    found = trace(spec)
    known = known_after(found, len(found.steps))
    for place, node in enumerate(found.graph.nodes):
        if node.name in names:
            wanted = known.derivatives[place]
            assert float(printed[f"dy/d{node.name}"]) == pytest.approx(wanted, rel=1e-12)
    assert len(printed) == 1 + len(names)
