"""The lecture's scenes of training: each shows its runs at once, and what its caption says."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engine.specs import from_json
from engine.training.alternating import phase_log
from engine.training.runs import reports
from engine.training.spec import TrainSpec
from gui import number_text
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training.choices import COMPARISON, COSINE, EVALUATION, LAYERS, LOSSES, PHASES
from gui.training.scenes import ALTERNATING, JOINT, SCENES, SEEDS, STUDY, Scene
from gui.training.workspace import TrainingWorkspace
from tests.engine.training.comparison.folders import make_run

BY_NAME = {scene.name: scene for scene in SCENES}
RUNS = sorted({folder for scene in SCENES for folder in scene.folders})
FILES = {"spec.json", "metrics.jsonl", "phases.jsonl", "evaluations.jsonl", "reports"}
LARGEST = 300_000
LARGEST_TOGETHER = 1_600_000


@pytest.fixture
def workspace(
    qtbot: QtBot, bridge: Bridge, settings: Settings, private_runs: Path
) -> TrainingWorkspace:
    """With one run of the user's own."""
    make_run(private_runs / "own", [3.0, 2.0])
    (private_runs / "own" / "last").mkdir()
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.runs.model.rowCount() == 1)
    return made


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def caption(workspace: TrainingWorkspace) -> QLabel:
    found = workspace.findChild(QLabel, "training.lecture.caption")
    assert found is not None
    return found


def compared(workspace: TrainingWorkspace) -> list[str]:
    runs = workspace.pages.comparison.inspect_state()["runs"]
    assert isinstance(runs, list)
    return runs


def open_study(workspace: TrainingWorkspace, qtbot: QtBot) -> None:
    scene = BY_NAME["joint-or-alternating"]
    workspace.open_scene(scene)
    qtbot.waitUntil(lambda: len(compared(workspace)) == len(scene.folders), timeout=10_000)


# -- what a scene shows ---------------------------------------------------------------------


def check_losses(workspace: TrainingWorkspace) -> bool:
    return workspace.pages.curves.plot.isVisible()


def check_cosine(workspace: TrainingWorkspace) -> bool:
    return workspace.pages.cosine.values() > 10


def check_layers(workspace: TrainingWorkspace) -> bool:
    page = workspace.pages.layers
    counts = page.counts()["update_ratio"]
    parts = {"pyramid", "rpn", "boxes", "masks", "keypoints"}
    measured = parts <= set(counts) and min(counts.values()) > 10
    return measured and page.ratios.height() > 0.8 * page.gradients.height() > 0


def check_phases(workspace: TrainingWorkspace) -> bool:
    ended = ["1-rpn", "2-detector", "3-rpn", "4-detector"]
    phases = workspace.pages.phases
    return phases.inspect_state()["ended"] == ended and phases.table.rowCount() == 4


def check_evaluation(workspace: TrainingWorkspace) -> bool:
    page = workspace.pages.evaluation
    view = page.tabs.currentWidget()
    return view in (page.views.numbers, page.views.gates) and view.table.rowCount() > 4  # type: ignore[union-attr]


def check_comparison(workspace: TrainingWorkspace) -> bool:
    page = workspace.pages.comparison
    return bool(compared(workspace)) and page.verdict.isVisible()


CHECKS: dict[str, Callable[[TrainingWorkspace], bool]] = {
    LOSSES: check_losses,
    COSINE: check_cosine,
    LAYERS: check_layers,
    PHASES: check_phases,
    EVALUATION: check_evaluation,
    COMPARISON: check_comparison,
}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_scene_shows_its_run_and_puts_its_spec_into_the_form(
    workspace: TrainingWorkspace, qtbot: QtBot, scene: Scene
) -> None:
    workspace.open_scene(scene)
    pages = workspace.pages
    qtbot.waitUntil(lambda: pages.curves.values().get("loss", 0) > 0, timeout=10_000)
    qtbot.waitUntil(lambda: CHECKS[scene.page](workspace), timeout=10_000)
    spec = from_json((scene.folder / "spec.json").read_text(encoding="utf-8"), TrainSpec)
    shown = workspace.form.spec().validated()
    assert (shown.schedule, shown.loss_weights) == (spec.schedule, spec.loss_weights)
    assert shown.steps == spec.steps and shown.data == "shapes"
    said = caption(workspace)
    assert said.text() == scene.said() and said.isVisible()
    assert pages.currentWidget() is pages.page(scene.page, type(pages.currentWidget()))
    for text, found in (("λ = 10", "10 · "), ("λ = 0.4", "0.4 · ")):
        assert text not in scene.caption or found in pages.curves.equation.text()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_shipped_run_is_only_looked_at(
    workspace: TrainingWorkspace, qtbot: QtBot, scene: Scene
) -> None:
    own = workspace.runs.model.run(0)
    assert own is not None
    workspace.runs.select(own.path)
    assert workspace.runs.can("rename")
    before = {path: path.stat().st_mtime_ns for f in scene.folders for path in f.rglob("*")}
    workspace.open_scene(scene)
    qtbot.waitUntil(lambda: workspace.pages.curves.values().get("loss", 0) > 0, timeout=10_000)
    workspace.refresh()
    for name in ("continue", "fork", "rename", "delete", "use", "folder"):
        button = workspace.findChild(QPushButton, f"training.{name}.button")
        assert button is not None and not button.isEnabled(), name
    evaluate = workspace.findChild(QPushButton, "training.evaluation.evaluate.button")
    assert evaluate is not None and not evaluate.isEnabled()
    after = {path: path.stat().st_mtime_ns for f in scene.folders for path in f.rglob("*")}
    assert after == before


def test_the_study_is_compared_by_the_AP_of_the_boxes(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    open_study(workspace, qtbot)
    state = workspace.pages.comparison.inspect_state()
    assert state["metric"] == "bbox.AP"
    runs = [Path(name).name for name in (*JOINT, *ALTERNATING)]
    assert sorted(compared(workspace)) == sorted(runs)
    verdict = workspace.pages.comparison.verdict.text()
    scene = BY_NAME["joint-or-alternating"]
    for side in ("joint", "alternating"):
        last = [
            lines(folder / "evaluations.jsonl")[-1]["bbox"]["AP"]
            for folder in scene.folders
            if folder.name.startswith(side)
        ]
        assert len(last) == len(SEEDS)
        assert number_text.write(statistics.mean(last), digits=4) in verdict
    assert [path.name for path in workspace._runs_to_export()] == runs


def test_the_lecture_mode_shows_the_pages_alone_in_larger_type(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    workspace.open_scene(BY_NAME["joint-loss"])
    equation = workspace.pages.curves.equation
    qtbot.waitUntil(lambda: bool(workspace.pages.curves.values()), timeout=10_000)
    width, height = workspace.pages.width(), equation.sizeHint().height()
    workspace.set_lecture(True)
    assert not workspace.form.isVisible() and not caption(workspace).isVisible()
    qtbot.waitUntil(lambda: workspace.pages.width() > 1.5 * width)
    assert equation.sizeHint().height() > height
    workspace.set_lecture(False)
    assert workspace.form.isVisible() and caption(workspace).isVisible()
    qtbot.waitUntil(lambda: workspace.pages.width() == width)
    assert equation.sizeHint().height() == height


def test_another_scene_or_run_takes_the_study_away(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    workspace.pages.show_page(LAYERS)
    open_study(workspace, qtbot)
    own = workspace.runs.model.run(0)
    assert own is not None
    workspace.runs.table.selectRow(0)
    assert compared(workspace) == [] and not caption(workspace).isVisible()
    assert workspace.pages.currentWidget() is workspace.pages.layers
    assert workspace.shown.folder == own.path
    open_study(workspace, qtbot)
    workspace.open_scene(BY_NAME["joint-loss"])
    assert compared(workspace) == []
    assert workspace.pages.currentWidget() is workspace.pages.curves
    assert caption(workspace).text() == BY_NAME["joint-loss"].said()


def test_a_metric_that_was_chosen_stays_until_the_scene_comes_again(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    open_study(workspace, qtbot)
    page = workspace.pages.comparison
    page.metrics.setCurrentIndex(page.metrics.findData("segm.AP"))
    qtbot.waitUntil(lambda: page.inspect_state()["metric"] == "segm.AP")
    open_study(workspace, qtbot)
    assert page.inspect_state()["metric"] == "bbox.AP"


# -- what the captions say of the runs ------------------------------------------------------


def test_the_keypoint_loss_begins_where_nothing_is_known() -> None:
    scene = BY_NAME["keypoint-loss"]
    told = [line["loss_keypoint"] for line in lines(scene.folder / "metrics.jsonl")]
    assert f"{56 * 56}" in scene.caption and f"{math.log(56 * 56):.2f}" in scene.caption
    assert told[0] == pytest.approx(math.log(56 * 56), abs=0.25)
    assert 0.0 in told  # a step without a figure


def test_the_layers_go_as_the_caption_says() -> None:
    told = lines(BY_NAME["joint-layers"].folder / "metrics.jsonl")
    ratios: dict[str, list[float]] = {}
    for line in told:
        for name, value in line.items():
            measure, _, group = name.partition(".")
            if measure == "update_ratio":
                ratios.setdefault(group, []).append(value)
    medians = {group: statistics.median(values) for group, values in ratios.items()}
    assert set(sorted(medians, key=lambda group: -medians[group])[:2]) == {"rpn", "boxes"}
    for values in ratios.values():
        assert values[0] < values[2] and values[-1] < statistics.median(values) / 10
    assert any(line["clipped"] < 1 for line in told)


def test_most_objects_are_lost_where_the_caption_says() -> None:
    gates = reports.read(BY_NAME["proposals-lost"].folder, 600)["gates"]["all"]
    lost = {name: count for name, count in gates.items() if name != "found"}
    assert lost["class_score"] > sum(lost.values()) / 2


def test_the_two_sides_of_the_study_differ_in_nothing_but_their_schedule() -> None:
    specs = {
        folder.name: from_json((folder / "spec.json").read_text(encoding="utf-8"), TrainSpec)
        for folder in BY_NAME["joint-or-alternating"].folders
    }
    assert {spec.seed for spec in specs.values()} == set(SEEDS)
    for name, spec in specs.items():
        alternating = name.startswith("alternating")
        assert (spec.schedule, spec.steps) == (
            ("alternating", 300) if alternating else ("joint", 600)
        )
    rest = {
        json.dumps(
            {
                key: value
                for key, value in json.loads(
                    (folder / "spec.json").read_text(encoding="utf-8")
                ).items()
                if key not in ("seed", "schedule", "steps")
            }
        )
        for folder in BY_NAME["joint-or-alternating"].folders
    }
    assert len(rest) == 1


# -- what ships -----------------------------------------------------------------------------


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("folder", RUNS, ids=lambda folder: folder.name)
def test_the_runs_that_ship_are_small_and_whole(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {"spec.json", "metrics.jsonl"} <= names <= FILES
    assert sum(path.stat().st_size for path in files_of(folder)) < LARGEST
    spec = from_json((folder / "spec.json").read_text(encoding="utf-8"), TrainSpec).validated()
    told = lines(folder / "metrics.jsonl")
    for line in told:
        parts = {k: v for k, v in line.items() if k.startswith("loss_")}
        total = sum(value * spec.loss_weights.get(name, 1.0) for name, value in parts.items())
        assert line["loss"] == pytest.approx(total, rel=1e-4)
    phases = phase_log.read(folder)
    for record in phases:
        assert record["frozen"]["unchanged"] is True
    assert [line["step"] for line in told] == list(
        range(1, (spec.steps or 0) * max(len(phases), 1) + 1)
    )


def test_the_runs_that_ship_say_nothing_of_the_machine_that_made_them() -> None:
    assert sum(path.stat().st_size for folder in RUNS for path in files_of(folder)) < (
        LARGEST_TOGETHER
    )
    for folder in RUNS:
        for path in files_of(folder):
            text = path.read_text(encoding="utf-8")
            assert not any(place in text for place in ("/home", "/work", "/tmp", "/root", ":\\")), (
                path
            )
    assert STUDY in {folder.parent.name for folder in RUNS}
