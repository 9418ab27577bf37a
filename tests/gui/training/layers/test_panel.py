"""The page of the layers: what it draws, when it asks, what it says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from engine.training.runs.following import read_whole
from engine.training.spec import TrainFrame
from engine.training.updates import layer_norms
from gui import theme
from gui.appearance import apply
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training.choices import LAYERS
from gui.training.layers import group_names
from gui.training.layers.panel import LayersPanel
from gui.training.phases.gradient_cosine import EVERY
from gui.training.run_pages import RunPages
from gui.training.workspace import TrainingWorkspace

GROUPS = ("backbone-3", "rpn", "boxes")


def frame(step: int, *, norm: float = 5.0, measured: bool = False) -> TrainFrame:
    layers = {}
    if measured:
        layers = {f"grad_norm.{name}": norm / (1 + n) for n, name in enumerate(GROUPS)}
        layers |= {f"update_ratio.{name}": 1e-3 * (1 + n) for n, name in enumerate(GROUPS)}
    return TrainFrame(
        step, 90, losses={"loss": 1.0}, grad_norm=norm, clipped=min(1.0, 10 / norm), layers=layers
    )


@pytest.fixture
def panel(qtbot: QtBot) -> LayersPanel:
    made = LayersPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def words(panel: LayersPanel) -> str:
    label = panel.findChild(QLabel, "training.layers.words")
    assert label is not None
    return label.text()


def test_it_holds_what_was_measured_and_marks_the_clipped_steps(panel: LayersPanel) -> None:
    panel.add([frame(n, norm=40.0 if n % 4 == 0 else 5.0, measured=n % 10 == 0) for n in range(40)])
    per_group = dict.fromkeys(GROUPS, 4)
    assert panel.counts() == {
        "update_ratio": per_group,
        "grad_norm": {"all": 40, **per_group},
        "clipped": {"all": 10},
    }
    assert "10 of 40 steps were clipped to 10 " in words(panel)
    x, y = panel._marks.getData()
    np.testing.assert_array_equal(x, np.arange(0, 40, 4))
    np.testing.assert_allclose(10**y, 40.0)
    x, y = panel.gradients._curves["rpn"].raw.getOriginalDataset()
    np.testing.assert_array_equal(x, np.arange(0, 40, 10))
    np.testing.assert_allclose(y, [40.0 / 2, 5.0 / 2, 40.0 / 2, 5.0 / 2])
    panel.clear()
    assert panel.counts() == {"update_ratio": {}, "grad_norm": {}, "clipped": {}}


def test_each_phase_has_an_average_of_its_own(panel: LayersPanel, qtbot: QtBot) -> None:
    norms = {"1-rpn": 8.0, "2-detector": 2.0}
    panel.add(
        [
            replace(frame(step, norm=norms[phase]), phase=phase)
            for step, phase in enumerate(("1-rpn", "1-rpn", "2-detector", "2-detector"), start=1)
        ]
    )
    x, y = panel.gradients._curves["all"].smooth.getOriginalDataset()
    np.testing.assert_array_equal(x, [1, 2, 3, 4])
    np.testing.assert_allclose(y, [8.0, 8.0, 2.0, 2.0])

    def fits() -> bool:
        left, right = panel.gradients.getPlotItem().getViewBox().viewRange()[0]
        return 0 <= left <= 1 and 4 <= right <= 5

    qtbot.waitUntil(fits)  # the steps that there are, and no others


def test_an_empty_page_says_what_to_do(panel: LayersPanel) -> None:
    assert f"every {EVERY} steps" in words(panel) and "leave this page open" in words(panel)
    assert not panel.ratios.isVisible() and not panel.gradients.isVisible()
    panel.add([frame(1)])  # the whole gradient is known in any run
    assert panel.gradients.isVisible() and not panel.ratios.isVisible()
    assert "leave this page open" in words(panel) and "No step was clipped." in words(panel)
    panel.add([frame(2, measured=True)])
    assert panel.ratios.isVisible() and "leave this page open" not in words(panel)


def test_what_came_while_it_was_hidden_is_drawn_when_it_is_seen(panel: LayersPanel) -> None:
    panel.hide()
    panel.add([frame(n, norm=40.0, measured=True) for n in range(1, 4)])
    assert len(panel._marks.getData()[0]) == 0
    panel.show()
    assert len(panel._marks.getData()[0]) == 3
    assert "3 of 3 steps" in words(panel) and panel.ratios.isVisible()


def test_runs_from_before_these_norms_are_shown_without(panel: LayersPanel) -> None:
    panel.add([TrainFrame(1, 9, losses={"loss": 1.0})])
    assert panel.counts()["grad_norm"] == {}


def test_layers_are_measured_only_while_they_are_seen(qtbot: QtBot) -> None:
    pages = RunPages()
    qtbot.addWidget(pages)
    asked: list[int] = []
    pages.layers.wanted.connect(asked.append)
    pages.show()
    assert asked == []
    pages.show_page(LAYERS)
    assert asked[-1] == EVERY
    pages.setCurrentIndex(0)
    assert asked[-1] == 0


def test_the_window_asks_the_training_for_them(
    qtbot: QtBot, bridge: Bridge, settings: Settings
) -> None:
    workspace = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(workspace)
    workspace.show()
    requests = workspace.live._requests
    assert not requests.wants_layers(0)
    workspace.pages.show_page(LAYERS)
    assert [requests.wants_layers(step) for step in (0, 1, EVERY)] == [True, False, True]
    workspace.pages.setCurrentIndex(0)
    assert not requests.wants_layers(0)


def test_no_two_groups_look_the_same_without_colour() -> None:
    markers = [group_names.style(name).marker for name in group_names.TITLES]
    assert len(set(markers)) == len(markers)
    parts = {layer_norms._group_of(f"backbone.body.stages.{n}.0.weight") for n in range(4)}
    parts |= {"pyramid", "rpn", "boxes", "masks", "keypoints", group_names.WHOLE}
    assert parts == set(group_names.TITLES)


def test_a_group_can_be_hidden_in_both_plots(panel: LayersPanel) -> None:
    panel.add([frame(n, measured=True) for n in range(1, 4)])
    box = panel.findChild(QCheckBox, "training.layers.legend.rpn.check")
    assert box is not None
    before = [plot.grab().toImage() for plot in (panel.ratios, panel.gradients)]
    box.click()
    panel.add([frame(4, measured=True)])
    after = [plot.grab().toImage() for plot in (panel.ratios, panel.gradients)]
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert not any(
        plot._curves["rpn"].smooth.isVisible() for plot in (panel.ratios, panel.gradients)
    )


def test_an_older_run_is_read_from_its_folder(panel: LayersPanel, tmp_path: Path) -> None:
    lines = [
        {"step": 1, "loss": 2.0, "grad_norm": 20.0, "clipped": 0.5,
         "grad_norm.rpn": 3.0, "update_ratio.rpn": 0.002},
        {"step": 2, "loss": 1.0, "grad_norm": 4.0, "clipped": 1.0},
        {"step": 3, "loss": 1.0},
    ]  # fmt: skip
    (tmp_path / "metrics.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    frames = read_whole(tmp_path)
    assert [(f.grad_norm, f.clipped) for f in frames] == [(20.0, 0.5), (4.0, 1.0), (None, 1.0)]
    assert dict(frames[0].losses) == {"loss": 2.0}
    panel.add(frames)
    assert panel.counts() == {
        "update_ratio": {"rpn": 1},
        "grad_norm": {"all": 2, "rpn": 1},
        "clipped": {"all": 1},
    }


def test_it_follows_the_theme(panel: LayersPanel) -> None:
    panel.add([frame(n, norm=20.0, measured=True) for n in range(1, 4)])
    before = panel._marks.opts["brush"].color().name()
    apply(theme.Mode.LIGHT)
    after = panel._marks.opts["brush"].color().name()
    assert after == theme.current().color("warning").name() != before
