"""The canvas: what is drawn, dragged, zoomed and lit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.appearance import apply
from gui.networks.graph.records import BACKWARD, FORWARD, Edge, Node, Row, color_of
from gui.networks.graph.view import GraphView

NODES = (
    Node("x", "x", (Row("=", "0.5"), Row("dy/dx")), place=(0.0, 0.0)),
    Node("y", "y = x²", (Row("=", ""), Row("dy/dy")), place=(200.0, 40.0)),
)
EDGES = (Edge("x>y", "x", "y", label="1"),)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[GraphView]:
    window = QWidget()
    qtbot.addWidget(window)
    made = GraphView("networks.test.canvas", window)
    QVBoxLayout(window).addWidget(made)
    window.resize(600, 400)
    window.show()
    qtbot.waitExposed(window)
    made.show_graph(NODES, EDGES)
    yield made


def at(view: GraphView, key: str, group: str = "nodes") -> QPoint:
    place = view.inspect_state()[group][key]["at"]
    return view.viewport().mapFromGlobal(QPoint(*place))


def drag(qtbot: QtBot, view: GraphView, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(view.viewport(), start + (end - start) * share)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def test_it_says_what_it_shows_and_what_is_blank(view: GraphView) -> None:
    seen = view.inspect_state()
    assert seen["nodes"]["x"]["rows"] == {"=": "0.5", "dy/dx": ""}
    assert seen["edges"]["x>y"]["label"] == "1" and seen["edges"]["x>y"]["to"] == "y"
    for key in ("x", "y"):
        assert view.viewport().rect().contains(at(view, key))


def test_a_dragged_node_stays_while_the_numbers_change(qtbot: QtBot, view: GraphView) -> None:
    start = at(view, "x")
    with qtbot.waitSignal(view.moved):
        drag(qtbot, view, start, start + QPoint(0, 60))
    assert (at(view, "x") - start - QPoint(0, 60)).manhattanLength() <= 2
    kept = view.places()
    assert set(kept) == {"x"}
    view.show_graph((replace(NODES[0], title="u", place=(9.0, 9.0)), NODES[1]), EDGES)
    assert view.places() == kept
    view.forget_places()
    assert not view.places()
    view.set_places({"x": (7.0, 8.0), "gone": (0.0, 0.0)})
    assert view.places() == {"x": (7.0, 8.0)}


def test_clicks_and_hovers_name_nodes_and_edges(qtbot: QtBot, view: GraphView) -> None:
    clicked: list[str] = []
    hovered: list[str] = []
    view.clicked.connect(clicked.append)
    view.hovered.connect(hovered.append)
    ground = QPoint(5, 5)
    for place in (at(view, "y"), at(view, "x>y", "edges"), ground):
        qtbot.mouseMove(view.viewport(), place)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked == ["y", "x>y", ""] == hovered


def test_the_wheel_zooms_about_the_mouse_and_a_double_click_fits(
    qtbot: QtBot, view: GraphView
) -> None:
    fitted = view.inspect_state()["scale"]
    place = QPointF(at(view, "x"))
    view.wheelEvent(
        QWheelEvent(
            place, place, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )
    )  # fmt: skip
    assert view.inspect_state()["scale"] == pytest.approx(fitted * 1.15**2, rel=1e-3)
    assert (at(view, "x") - place.toPoint()).manhattanLength() <= 3
    ground = QPoint(5, 5)
    drag(qtbot, view, ground, ground + QPoint(40, 0))
    assert abs(at(view, "x").x() - place.x() - 40) <= 3
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=ground)
    assert view.inspect_state()["scale"] == pytest.approx(fitted, rel=1e-3)


def test_another_graph_replaces_the_old_one(view: GraphView) -> None:
    view.light({"x": FORWARD, "x>y": FORWARD, "gone": FORWARD})
    assert view.inspect_state()["lit"] == ["x", "x>y"]
    view.send(["x>y"], FORWARD)
    view.show_graph((Node("a", "a"), NODES[1]), (Edge("a>y", "a", "y", bend=20.0),))
    seen = view.inspect_state()
    assert set(seen["nodes"]) == {"a", "y"} and set(seen["edges"]) == {"a>y"}
    view.show_graph((Node("b", "b"), NODES[1]), (Edge("a>y", "b", "y"),))
    assert view.inspect_state()["edges"]["a>y"]["from"] == "b"
    view.show_graph((), ())
    assert view.inspect_state()["nodes"] == {}


@pytest.mark.parametrize("mode", [theme.Mode.DARK, theme.Mode.LIGHT])
def test_what_flows_can_be_told_from_the_ground(view: GraphView, mode: theme.Mode) -> None:
    apply(mode)
    panel = color_of("panel")
    for name in (FORWARD, BACKWARD, "muted"):
        assert contrast(color_of(name), panel) >= 3
    assert view.backgroundBrush().color() == panel


def contrast(one: QColor, other: QColor) -> float:
    """As WCAG defines it."""

    def light(color: QColor) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_graph_that_would_be_too_small_is_seen_where_it_is_lit(qtbot: QtBot) -> None:
    view = GraphView("networks.test.canvas", least_scale=0.6)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    qtbot.waitExposed(view)
    nodes = [Node(str(n), str(n), place=(n * 200.0, 0.0)) for n in range(9)]
    view.show_graph(nodes, ())
    assert view.inspect_state()["scale"] == 0.6
    area = view.viewport().rect()
    assert area.contains(at(view, "0")) and not area.contains(at(view, "8"))
    for key in "684":
        view.light({key: FORWARD})
        assert area.contains(at(view, key))
    view.fit()
    assert area.contains(at(view, "0")) and area.contains(at(view, "8"))
    view.light({"4": FORWARD})
    assert area.contains(at(view, "0"))
