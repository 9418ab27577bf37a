"""Several runs on their page: what is drawn, read, said, copied and followed."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.training.comparison.smoothing import smooth
from gui import i18n, number_text
from gui.bridge import Bridge
from gui.training.comparison import controller as controllers
from gui.training.comparison.controller import ComparisonController
from gui.training.comparison.page import ComparisonPage
from tests.engine.training.comparison.folders import append, make_run

LOSSES = [8.0, 4.0, 2.0, 1.5, 1.2]
NARROW = 336  # pixels that a window of 960 leaves between form and runs


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two groups of three seeds; the second is better by far."""
    return [
        make_run(
            tmp_path / f"{name}-{seed}",
            [loss * (1 + seed / 10) for loss in LOSSES],
            {2: ap / 2, 5: ap + seed / 100},
            seed=seed,
            batch=batch,
        )
        for batch, (name, ap) in enumerate((("slow", 0.3), ("fast", 0.5)), start=1)
        for seed in range(3)
    ]


@pytest.fixture
def page(qtbot: QtBot) -> ComparisonPage:
    made = ComparisonPage()
    qtbot.addWidget(made)
    made.resize(640, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def controller(
    page: ComparisonPage, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> ComparisonController:
    monkeypatch.setattr(controllers, "EVERY_MS", 20)
    return ComparisonController(bridge, page, page)


def shown(page: ComparisonPage) -> list[object]:
    runs = page.inspect_state()["runs"]
    assert isinstance(runs, list)
    return runs


def show(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    controller.compare(folders)
    qtbot.waitUntil(lambda: len(shown(page)) == len(folders))


def choose(page: ComparisonPage, qtbot: QtBot, metric: str) -> None:
    page.metrics.setCurrentIndex(page.metrics.findData(metric))
    qtbot.waitUntil(lambda: page.inspect_state()["metric"] == metric)


def test_without_runs_it_says_what_to_do(
    controller: ComparisonController, page: ComparisonPage, folders: list[Path]
) -> None:
    controller.compare(folders[:1])
    assert page.empty.isVisible() and "Ctrl" in page.empty.text()
    assert not page.plot.isVisible() and not page.table.isVisible()


def test_groups_are_drawn_and_named(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    show(controller, page, qtbot, folders)
    assert not page.empty.isVisible() and page.plot.isVisible()
    smoothed = smooth(np.array(LOSSES), 0.9)[-1]
    expected = [("slow", smoothed * 1.1), ("fast", smoothed * 1.1)]  # means of 1, 1.1 and 1.2
    assert page.legend.texts() == [
        (name, number_text.write(value, digits=4)) for name, value in expected
    ]
    drawn = page.plot._curves[0]
    np.testing.assert_allclose(drawn.mean.yData, smooth(np.array(LOSSES), 0.9) * 1.1)
    assert drawn.band.isVisible() and not drawn.band.path().isEmpty()


def test_the_table_has_only_what_differs_with_the_runs_folded(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    show(controller, page, qtbot, folders)
    choose(page, qtbot, "bbox.AP")
    head = page.table.headerItem()
    titles = [head.text(column) for column in range(page.table.columnCount())]
    assert titles == ["Run", "Best", "Last", "Pictures a step", "Seed"]
    slow = page.table.topLevelItem(0)
    assert slow is not None and not slow.isExpanded() and slow.childCount() == 3
    texts = [slow.text(column) for column in range(5)]
    assert texts == ["slow × 3", "0.31 ± 0.01", "0.31 ± 0.01 (5)", "1", "0, 1, 2"]
    run = slow.child(1)
    assert run is not None
    assert [run.text(column) for column in range(5)] == [
        "slow-1", "0.31 (5)", "0.31 (5)", "1", "1",
    ]  # fmt: skip


def test_the_verdict_stands_with_its_numbers(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    show(controller, page, qtbot, folders)
    choose(page, qtbot, "bbox.AP")
    last, best = page.verdict.text().split("\n")
    assert "fast is better" in last and "fast is better" in best
    assert "slow 0.31 ± 0.01 (seeds: 3, step 5)" in last and "difference −0.2 ±" in last
    show(controller, page, qtbot, folders[1:])
    qtbot.waitUntil(lambda: "Too few seeds" in page.verdict.text())
    choose(page, qtbot, "lr")
    assert not page.verdict.isVisible()


def test_the_values_under_the_mouse_are_read(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    show(controller, page, qtbot, folders)
    choose(page, qtbot, "bbox.AP")
    box = page.plot.getPlotItem().getViewBox()
    qtbot.waitUntil(lambda: box.viewRange()[0][1] > 5)
    point = page.plot.mapFromScene(box.mapViewToScene(box.viewRect().center()))
    qtbot.mouseMove(page.plot.viewport(), QPoint(point.x() - 40, point.y()))
    qtbot.mouseMove(page.plot.viewport(), point)
    qtbot.waitUntil(lambda: page.place.text().startswith("At step"))
    (at,) = (int(word) for word in page.place.text().split() if word.isdigit())
    values = {2: ("0.15", "0.25"), 5: ("0.31", "0.51")}[2 if at <= 3 else 5]
    assert tuple(value for _, value in page.legend.texts()) == values


def test_a_choice_of_the_axis_moves_the_curve(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    show(controller, page, qtbot, folders)
    curve = page.plot._curves[0]
    np.testing.assert_allclose(curve.mean.xData, [1, 2, 3, 4, 5])
    page.axis.setCurrentIndex(1)
    np.testing.assert_allclose(curve.mean.xData, np.arange(1, 6) * 0.5 / 60)
    page.log_x.setChecked(True)
    assert page.plot.is_log_x() and page.plot.is_log_y()
    np.testing.assert_allclose(curve.mean.getData()[0], np.log10(np.arange(1, 6) * 0.5 / 60))
    choose(page, qtbot, "bbox.AP")
    assert not page.plot.is_log_y() and page.plot.is_log_x()
    choose(page, qtbot, "loss_mask")
    assert page.plot.is_log_y()


def test_smoothing_is_of_losses_only(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    show(controller, page, qtbot, folders)
    page.smoothing.set_value(0.0)
    last = number_text.write(LOSSES[-1] * 1.1, digits=4)
    qtbot.waitUntil(lambda: page.legend.texts()[0][1] == last)
    choose(page, qtbot, "bbox.AP")
    assert not page.smoothing.isEnabled()


def test_a_run_that_grows_is_followed(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    show(controller, page, qtbot, [folders[0], folders[3]])
    append(folders[0] / "metrics.jsonl", {"step": 6, "phase": "joint", "loss": 1.0, "seconds": 1})
    curve = page.plot._curves[0]
    qtbot.waitUntil(lambda: len(curve.mean.xData) == 6)
    page.hide()
    assert not controller._timer.isActive()
    append(folders[0] / "metrics.jsonl", {"step": 7, "phase": "joint", "loss": 1.0, "seconds": 1})
    page.show()
    qtbot.waitUntil(lambda: len(curve.mean.xData) == 7)


def test_what_cannot_be_read_is_named(
    controller: ComparisonController,
    page: ComparisonPage,
    qtbot: QtBot,
    folders: list[Path],
    tmp_path: Path,
) -> None:
    controller.compare([*folders[:2], tmp_path / "gone"])
    qtbot.waitUntil(lambda: len(shown(page)) == 2)
    assert page.unreadable.isVisible() and "gone" in page.unreadable.text()
    controller.compare([tmp_path / "gone", tmp_path / "lost"])
    qtbot.waitUntil(lambda: "lost" in page.empty.text())
    assert page.empty.isVisible() and not page.plot.isVisible()


def test_the_table_is_copied_and_written(
    controller: ComparisonController,
    page: ComparisonPage,
    qtbot: QtBot,
    folders: list[Path],
    tmp_path: Path,
) -> None:
    show(controller, page, qtbot, folders)
    QApplication.clipboard().clear()
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.clipboard().text().startswith("run\tgroup\tseed\tbatch"))
    assert len(QApplication.clipboard().text().splitlines()) == 7
    qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog, "dialog.training.comparison.csv")
    assert isinstance(dialog, QFileDialog)
    path = tmp_path / "runs.csv"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    qtbot.waitUntil(path.exists)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["run"] for row in rows] == [folder.name for folder in folders]


def test_it_speaks_the_other_language_at_once(
    controller: ComparisonController, page: ComparisonPage, qtbot: QtBot, folders: list[Path]
) -> None:
    show(controller, page, qtbot, folders)
    choose(page, qtbot, "bbox.AP")
    assert page.minimumSizeHint().width() <= NARROW
    i18n.apply("ru")
    qtbot.waitUntil(lambda: page.metrics.currentText() == "AP рамок")
    assert page.minimumSizeHint().width() <= NARROW
    assert "лучше" in page.verdict.text() and page.table.headerItem().text(0) == "Запуск"
