"""The notes' second half given as a lecture: its first scene from the menu, F5, and PgDn alone."""

from __future__ import annotations

from typing import Any

from gui.lecture.headings import DETECTORS, scenes
from gui.workspaces import workspace_names
from tests.hands.detection.test_detection import CANVAS, DETECT_S, Start
from tests.hands.program import Program

# Where each row of the notes is seen, by scene: a widget that is there, or a fact of the canvas.
SEEN = {
    "detection.network": "detection.network",
    "detection.rpn": "detection.stage.anchors.panel",
    "detection.proposals": "detection.stage.proposals.panel",
    "detection.rois": "detection.stage.rois.panel",
    "detection.refinement": "detection.stage.boxes.panel",
    "detection.mask": "detection.stage.masks.panel",
    "detection.keypoints": "detection.stage.keypoints.panel",
    "training.joint-loss": "training.legend",
    "training.four-steps": "training.phases.drawing",
    "training.mask-results": "training.evaluation.numbers.table",
}
FAMILIES = {"detection.fast": "fast", "detection.faster": "faster", "detection.masks": "mask"}


def scene_of(seen: dict[str, Any]) -> str:
    return str(seen["state"]["lecture"]["scene"])


def told(program: Program, scene: str, caption: str) -> dict[str, Any]:
    """Wait until a scene is there with its caption, and give what is seen."""

    def there(seen: dict[str, Any]) -> dict[str, Any] | None:
        said = seen["widgets"]["lecture.caption"]
        shown = said["visible"] and said["text"] == caption
        return seen if shown and scene_of(seen) == scene else None

    return program.until(there, f"the scene {scene}", DETECT_S)


def test_the_lecture_of_detectors_is_given_by_page_down_alone(thalweg: Start) -> None:
    order = list(scenes(workspace_names()))
    half = [(f"{w}.{s.name}", s) for w, s in order if s.heading in DETECTORS]
    program = thalweg("--workspace", "detection").ready()
    before = program.widget("detection.files.list")["rect"]
    program.menu(f"lecture.{half[0][0]}")
    program.until(lambda seen: scene_of(seen) == half[0][0], "the first scene")
    program.key("F5")
    program.until(lambda seen: not seen["menubar"], "the chrome to be put away")
    for number, (name, scene) in enumerate(half):
        if number:
            program.key("Next")
        widgets = told(program, name, scene.caption)["widgets"]
        at = len(order) - len(half) + number + 1
        assert widgets["lecture.place"]["text"] == f"{at} / {len(order)}"
        assert not widgets["workspace.detection.button"]["visible"]
        assert not widgets["status.message"]["visible"]
        if name in SEEN:
            program.widget(SEEN[name])
        if name in FAMILIES:
            lit = widgets["detection.strip.family.combo"]
            assert lit["ids"][lit["current"]] == FAMILIES[name]
            program.until_state(CANVAS, lambda now: now["keypoints"] == 0, "its layers alone")
    program.key("Next")
    program.key("Prior")
    told(program, half[-2][0], half[-2][1].caption)
    program.key("F5")
    program.click("workspace.detection.button")
    program.until_widget("detection.files.list", lambda now: now["rect"] == before, "as it was")


def test_a_stage_moves_by_space_from_anywhere_and_escape_leaves(thalweg: Start) -> None:
    program = thalweg("--workspace", "detection").ready()
    program.until_state(CANVAS, lambda now: now.get("boxes"), "detections", DETECT_S)
    program.key("F5", "5")
    program.until_state(CANVAS, lambda now: now["stage"] == "proposals", "the stage")
    program.key("space")
    program.until_state(CANVAS, lambda now: "NMS" in now["said"], "its NMS, box by box")
    program.key("space")
    program.picture("lecture-nms")
    program.key("Escape", "Escape")
    program.until(lambda seen: seen["menubar"], "the chrome to be back")
    assert not program.look()["state"]["lecture"]["shown"]
