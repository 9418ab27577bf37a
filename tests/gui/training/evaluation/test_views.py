"""Every number on the page Evaluation, against the report it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.detector.gate_names import outcome_text
from gui.training.evaluation.confusion_view import ConfusionView
from gui.training.evaluation.curves_view import CurvesView
from gui.training.evaluation.gates_view import GatesView
from gui.training.evaluation.numbers_view import NumbersView
from gui.training.evaluation.reliability_view import ReliabilityView
from gui.widgets.bar_delegate import BAR_ROLE
from gui.widgets.fact_table import FactTable, cell
from tests.gui.training.evaluation.conftest import METRICS


@pytest.fixture
def shown(qtbot: QtBot, report: dict[str, Any]) -> Callable[[Any], Any]:
    """Show a view of the report."""

    def show(kind: Any) -> Any:
        view: Any = kind()
        assert isinstance(view, QWidget)
        qtbot.addWidget(view)
        view.resize(500, 420)
        view.set_report(report)
        view.show()
        qtbot.waitExposed(view)
        return view

    return show


def rows(table: FactTable) -> list[list[str]]:
    return [
        [cell(table, row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def lines(view: CurvesView) -> list[pg.PlotDataItem]:
    return [item for item in view.plot.getPlotItem().items if isinstance(item, pg.PlotDataItem)]


def test_cocos_numbers_are_written_a_column_a_kind(
    shown: Callable[[Any], Any], report: dict[str, Any]
) -> None:
    view: NumbersView = shown(NumbersView)
    told = rows(view.table)
    assert [row[0] for row in told] == list(METRICS)
    assert [row[2] for row in told] == [f"{report['bbox'][name]:.3f}" for name in METRICS]
    assert {row[3] for row in told} == {"–"}
    assert [view.table.isColumnHidden(column) for column in range(5)] == [False] * 4 + [True]
    text = view.words.text()
    for number in ("pictures: 4", "objects: 12", "0.051 s", "score 0.5", "precision 0.750",
                   "recall 0.583", "true: 7", "false: 3"):  # fmt: skip
        assert number in text


def test_curves_of_all_classes_and_their_mean_are_drawn(
    shown: Callable[[Any], Any], report: dict[str, Any]
) -> None:
    view: CurvesView = shown(CurvesView)
    told = report["curves"]["bbox"]
    drawn = [item.getData()[1].tolist() for item in lines(view)]
    assert drawn == [
        told["classes"]["cat"]["AP50"]["precision"],
        told["classes"]["dog"]["AP50"]["precision"],
        told["mean"]["AP50"]["precision"],
    ]
    cat, dog = (f"{told['classes'][name]['AP50']['AP']:.3f}" for name in ("cat", "dog"))
    assert rows(view.table) == [
        ["", "mean of all", "12", f"{told['mean']['AP50']['AP']:.3f}", "", ""],
        ["", "cat", "9", cat, "0.545", "0.4"],
        ["", "dog", "3", dog, "0.615", "0.7"],
    ]


def test_a_chosen_class_shows_its_score_and_best_point(
    shown: Callable[[Any], Any], report: dict[str, Any]
) -> None:
    view: CurvesView = shown(CurvesView)
    view.table.selectRow(2)
    other, chosen, score, best = lines(view)
    told = report["curves"]["bbox"]["classes"]
    assert other.getData()[1].tolist() == told["cat"]["AP50"]["precision"]
    assert chosen.getData()[1].tolist() == told["dog"]["AP50"]["precision"]
    assert score.getData()[1].tolist() == [0.7] * 51  # only where the recall is reached
    assert [values.tolist() for values in best.getData()] == [[0.5], [0.8]]
    for number in ("dog", "0.615", "score 0.7", "precision 0.800", "recall 0.500"):
        assert number in view.words.text()
    view.which.setCurrentIndex(2)
    view.which.activated.emit(2)
    assert len(lines(view)) == 2 and "no score of its own" in view.words.text()
    assert rows(view.table)[2][3:] == [f"{told['dog']['AP']['AP']:.3f}", "", ""]
    view.table.selectRow(0)
    assert len(lines(view)) == 3


def test_the_kind_is_chosen_and_kept(shown: Callable[[Any], Any], report: dict[str, Any]) -> None:
    view: CurvesView = shown(CurvesView)
    assert [view.kind.itemText(row) for row in range(view.kind.count())] == ["Boxes", "Masks"]
    view.kind.setCurrentIndex(1)
    view.set_report(report)
    assert view.kind.currentData() == "segm"
    view.set_report({**report, "curves": {"bbox": report["curves"]["bbox"]}})
    assert view.kind.currentData() == "bbox"
    view.set_report({})
    assert lines(view) == []


def test_the_confusion_matrix_shows_counts_and_shares(
    shown: Callable[[Any], Any], report: dict[str, Any]
) -> None:
    view: ConfusionView = shown(ConfusionView)
    counts = np.asarray(report["confusion"]["counts"])
    np.testing.assert_allclose(view.map.values, counts / counts.sum(1, keepdims=True))
    placed = {
        (int(item.pos().y() * 3), int(item.pos().x() * 3)): int(item.toPlainText())
        for item in view.numbers
    }
    assert placed == {
        (row, column): counts[row, column]
        for row, column in zip(*np.nonzero(counts), strict=True)
    }  # fmt: skip
    assert "score 0.5" in view.words.text() and "IoU 0.5" in view.words.text()
    assert view.cell_text(0, 1) == "cat, the model says dog: 1 of 9"
    assert view.cell_text(1, 2) == "dog, not found: 1 of 3"
    assert view.cell_text(2, 0) == "cat where there is no such object: 2"


def test_a_cell_is_read_under_the_mouse(shown: Callable[[Any], Any], qtbot: QtBot) -> None:
    view: ConfusionView = shown(ConfusionView)
    qtbot.waitUntil(lambda: view.map.getPlotItem().getViewBox().width() > 50)
    box = view.map.getPlotItem().getViewBox().sceneBoundingRect()
    place = QPoint(round(box.left() + box.width() / 2), round(box.top() + box.height() / 6))
    view.map.scene().sigMouseMoved.emit(place)
    assert view.words.text() == view.cell_text(0, 1)
    view.map.scene().sigMouseMoved.emit(QPoint(round(box.left()) - 20, round(box.top()) + 5))
    assert "share of the row" in view.words.text()


def test_names_that_would_touch_are_left_out(
    shown: Callable[[Any], Any], report: dict[str, Any], qtbot: QtBot
) -> None:
    view: ConfusionView = shown(ConfusionView)

    def names(side: str) -> list[str]:
        return [name for _, name in view.map.getPlotItem().getAxis(side)._tickLevels[0]]

    assert names("left") == names("bottom") == ["cat", "dog", "nothing"]
    classes = [f"a class of a long name {number}" for number in range(40)]
    told = {**report["confusion"], "classes": classes, "counts": np.eye(41, dtype=int).tolist()}
    view.set_report({**report, "confusion": told})
    assert view.numbers == []
    assert names("left")[0] == names("bottom")[0] == classes[0]
    assert 1 < len(names("bottom")) < len(names("left")) < 41
    before = len(names("left"))
    view.resize(500, 1400)
    qtbot.waitUntil(lambda: len(names("left")) > before)


def test_bars_are_shares_with_their_counts(
    shown: Callable[[Any], Any], report: dict[str, Any]
) -> None:
    view: ReliabilityView = shown(ReliabilityView)
    assert view.bars is not None
    assert view.bars.opts["height"] == [0.1, 0.9]
    assert (view.bars.opts["x0"], view.bars.opts["x1"]) == ([0.2, 0.9], [0.3, 1.0])
    assert [item.toPlainText() for item in view.counts] == ["21", "1234"]
    assert "error: 0.123" in view.words.text()
    view.set_report({**report, "calibration": {"error": -1.0, "bins": []}})
    assert view.bars is None and "error: –" in view.words.text()


def test_losses_by_gate_are_counted_of_all_and_of_a_class(
    shown: Callable[[Any], Any], report: dict[str, Any]
) -> None:
    view: GatesView = shown(GatesView)
    told = {row[0]: row[1:3] for row in rows(view.table)}
    assert list(told) == [outcome_text(name) for name in report["gates"]["all"]]
    assert told["Found"] == ["7", "58.3 %"] and told["Class score"] == ["5", "41.7 %"]
    names = list(report["gates"]["all"])
    bar = cell(view.table, names.index("class_score"), 3).data(BAR_ROLE)
    assert bar == pytest.approx(5 / 7)
    view.class_name.setCurrentIndex(view.class_name.findData("dog"))
    view.class_name.activated.emit(2)
    told = {row[0]: row[1:3] for row in rows(view.table)}
    assert told["Found"] == ["0", "0.0 %"] and told["Class score"] == ["3", "100.0 %"]
    without = {name: value for name, value in report.items() if name != "gates"}
    view.set_report(without)
    assert not view.table.isVisible() and "nothing was followed" in view.words.text()
