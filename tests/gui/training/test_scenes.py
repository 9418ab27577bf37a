"""The lecture's scenes of training: each shows its run at once, and what its caption says."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.specs import from_json
from engine.training.alternating import phase_log
from engine.training.spec import TrainSpec
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training.choices import COSINE, PHASES
from gui.training.scenes import SCENES, Scene
from gui.training.workspace import TrainingWorkspace


@pytest.fixture
def workspace(qtbot: QtBot, bridge: Bridge, settings: Settings) -> TrainingWorkspace:
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    return made


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_scene_shows_its_run_and_puts_its_spec_into_the_form(
    workspace: TrainingWorkspace, qtbot: QtBot, scene: Scene
) -> None:
    workspace.open_scene(scene)
    pages = workspace.pages
    qtbot.waitUntil(lambda: pages.curves.values().get("loss", 0) > 0, timeout=10_000)
    spec = from_json((scene.folder / "spec.json").read_text(encoding="utf-8"), TrainSpec)
    shown = workspace.form.spec().validated()
    assert (shown.schedule, shown.loss_weights) == (spec.schedule, spec.loss_weights)
    assert shown.steps == spec.steps and shown.data == "shapes"
    caption = workspace.findChild(QLabel, "training.lecture.caption")
    assert caption is not None and caption.text() == scene.said() and caption.isVisible()
    assert pages.currentWidget().isVisible()
    if scene.page == COSINE:
        assert pages.cosine.values() > 10
    if scene.page == PHASES:
        assert pages.phases.inspect_state()["ended"] == [
            "1-rpn", "2-detector", "3-rpn", "4-detector",
        ]  # fmt: skip
        assert pages.phases.table.rowCount() == 4
    if "λ = 10" in scene.caption:
        assert "10 · " in pages.curves.equation.text()


@pytest.mark.parametrize("run", sorted({scene.run for scene in SCENES}))
def test_the_runs_that_ship_are_small_and_whole(run: str) -> None:
    folder = next(scene.folder for scene in SCENES if scene.run == run)
    names = {path.name for path in folder.iterdir()}
    assert {"spec.json", "metrics.jsonl"} <= names <= {"spec.json", "metrics.jsonl", "phases.jsonl"}
    assert sum(path.stat().st_size for path in folder.iterdir()) < 100_000
    spec = from_json((folder / "spec.json").read_text(encoding="utf-8"), TrainSpec).validated()
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    for line in lines:
        parts = {k: v for k, v in line.items() if k.startswith("loss_")}
        total = sum(value * spec.loss_weights.get(name, 1.0) for name, value in parts.items())
        assert line["loss"] == pytest.approx(total, rel=1e-4)
    for record in phase_log.read(folder):
        assert record["frozen"]["unchanged"] is True
