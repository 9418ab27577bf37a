"""What is said of a step, and of where there is none."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.networks.chain_rule.steps import ChainTrace, Kind
from gui.i18n import QT_TRANSLATE_NOOP
from gui.networks.chain_rule import letters

START = QT_TRANSLATE_NOOP("networks", "Play, or → on the picture: the values are computed first.")
SENTENCES = {
    Kind.VALUE: QT_TRANSLATE_NOOP("networks", "Forward: {name} is computed from its inputs."),
    Kind.SEED: QT_TRANSLATE_NOOP(
        "networks", "Back from the result: its derivative by itself is 1."
    ),
    Kind.LOCAL: QT_TRANSLATE_NOOP(
        "networks", "The local derivative of {above} by {name}, along one edge."
    ),
    Kind.PRODUCT: QT_TRANSLATE_NOOP(
        "networks", "The derivative by {above} times the local one goes back to {name}."
    ),
    Kind.SUM: QT_TRANSLATE_NOOP(
        "networks", "{name} is used {count} times: what came back is added."
    ),
    Kind.INNER: QT_TRANSLATE_NOOP("networks", "The derivative of the inner function by {name}."),
    Kind.CHAIN: QT_TRANSLATE_NOOP(
        "networks", "The chain rule: the outer derivative times the inner one."
    ),
}
NO_VALUE = QT_TRANSLATE_NOOP("networks", "{node} has no value at {inputs}: here the steps end.")
NO_DERIVATIVE = QT_TRANSLATE_NOOP(
    "networks", "{node} has no finite derivative at {inputs}: here the steps end."
)


def step_text(trace: ChainTrace, count: int) -> str:
    """One sentence about the last of `count` steps."""
    if trace.undefined is not None and count == len(trace.steps):
        return undefined_text(trace)
    if count == 0:
        return _say(START)
    step = trace.steps[count - 1]
    nodes = trace.graph.nodes
    return _say(
        SENTENCES[step.kind],
        name=letters.plain(nodes[step.node].name),
        above="" if step.above is None else letters.plain(nodes[step.above].name),
        count=str(len(trace.graph.uses(step.node))),
    )


def undefined_text(trace: ChainTrace) -> str:
    """At which node, and for which numbers, there is no result."""
    where = trace.undefined
    assert where is not None
    graph = trace.graph
    node = graph.nodes[where.node]
    values = where.line.values
    inputs = dict.fromkeys(
        graph.nodes[place].name for place in node.inputs if graph.nodes[place].number is None
    )
    said = ", ".join(
        f"{letters.plain(name)} = {letters.number(float(values[name]))}" for name in inputs
    )
    text = NO_DERIVATIVE if where.derivative else NO_VALUE
    return _say(text, node=letters.title(graph, node), inputs=said)


def _say(text: str, **fields: str) -> str:
    return QCoreApplication.translate("networks", text).format(**fields)
