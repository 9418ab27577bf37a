"""The Detection workspace's part of the menus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gui.actions import ActionSpec
from gui.detection.layers.panel import STAGES
from gui.detection.stages.catalogue import NAMES
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from gui.detection.workspace import DetectionWorkspace

STAGE_TEXTS = {
    "anchors": QT_TRANSLATE_NOOP("actions", "Show &Anchors"),
    "objectness": QT_TRANSLATE_NOOP("actions", "Show &Objectness"),
    "proposals": QT_TRANSLATE_NOOP("actions", "Show &Proposals"),
    "boxes": QT_TRANSLATE_NOOP("actions", "Show &Boxes"),
    "masks": QT_TRANSLATE_NOOP("actions", "Show &Masks"),
    "keypoints": QT_TRANSLATE_NOOP("actions", "Show &Keypoints"),
}
VIEW_TEXTS = {
    "input": QT_TRANSLATE_NOOP("actions", "Input as the Network Sees It"),
    "features": QT_TRANSLATE_NOOP("actions", "Feature Maps"),
    "anchors": QT_TRANSLATE_NOOP("actions", "Anchors: Ask One"),
    "objectness": QT_TRANSLATE_NOOP("actions", "Objectness by Level"),
    "proposals": QT_TRANSLATE_NOOP("actions", "Proposals before and after Each Filter"),
    "rois": QT_TRANSLATE_NOOP("actions", "RoIs and Their Classes"),
    "boxes": QT_TRANSLATE_NOOP("actions", "Boxes and Their NMS"),
    "masks": QT_TRANSLATE_NOOP("actions", "Masks of Every Class"),
    "keypoints": QT_TRANSLATE_NOOP("actions", "Keypoints and Their Heat Maps"),
}


class StageOpener:
    """Opens one stage's view, or closes it; a menu's callback."""

    def __init__(self, workspace: DetectionWorkspace, name: str) -> None:
        self._workspace, self._name = workspace, name

    def toggle(self, checked: bool = True) -> None:
        self._workspace.inquiry.show_stage(self._name)

    def is_open(self) -> bool:
        return self._workspace.inquiry.stage.stage == self._name


def records(workspace: DetectionWorkspace) -> list[ActionSpec]:
    """Every action, in the order of the menus."""
    return [
        *_file(workspace),
        *_edit(workspace),
        *_view(workspace),
        *_run(workspace),
    ]


def _file(workspace: DetectionWorkspace) -> list[ActionSpec]:
    return [
        ActionSpec(
            "detection.export",
            QT_TRANSLATE_NOOP("actions", "&Export…"),
            "File",
            workspace.exporter.ask,
            "Ctrl+E",
            icon="export",
            enabled=workspace.exporter.possible,
        ),
        ActionSpec(
            "detection.export_again",
            QT_TRANSLATE_NOOP("actions", "Export &Again"),
            "File",
            workspace.exporter.again,
            "Ctrl+Shift+E",
            enabled=workspace.exporter.possible,
        ),
        ActionSpec(
            "detection.models",
            QT_TRANSLATE_NOOP("actions", "&Models…"),
            "File",
            workspace.shelf.ask,
            "Ctrl+M",
            section=20,
            icon="download",
        ),
        ActionSpec(
            "detection.samples",
            QT_TRANSLATE_NOOP("actions", "Open &Samples"),
            "File",
            workspace.open_samples,
            section=20,
            icon="picture",
        ),
        ActionSpec(
            "detection.files.remove",
            QT_TRANSLATE_NOOP("actions", "&Remove from List"),
            "File",
            workspace.remove_picture,
            "Del",
            canvas_only=True,
            section=20,
        ),
    ]


def _edit(workspace: DetectionWorkspace) -> list[ActionSpec]:
    history = workspace.inquiry.history
    return [
        ActionSpec(
            "detection.undo",
            QT_TRANSLATE_NOOP("actions", "&Undo"),
            "Edit",
            history.undo,
            "Ctrl+Z",
            section=5,
            enabled=history.stack.canUndo,
            label=history.undo_text,
        ),
        ActionSpec(
            "detection.redo",
            QT_TRANSLATE_NOOP("actions", "&Redo"),
            "Edit",
            history.redo,
            "Ctrl+Shift+Z Ctrl+Y",
            section=5,
            enabled=history.stack.canRedo,
            label=history.redo_text,
        ),
        ActionSpec(
            "detection.copy",
            QT_TRANSLATE_NOOP("actions", "&Copy Picture"),
            "Edit",
            workspace.copy_view,
            "Ctrl+C",
            icon="copy",
        ),
        ActionSpec(
            "detection.copy_table",
            QT_TRANSLATE_NOOP("actions", "Copy &Table"),
            "Edit",
            workspace.copy_table,
            "Ctrl+Shift+C",
        ),
        ActionSpec(
            "detection.paste",
            QT_TRANSLATE_NOOP("actions", "&Paste Picture"),
            "Edit",
            workspace.intake.paste,
            "Ctrl+V",
            icon="paste",
        ),
        ActionSpec(
            "detection.files.find",
            QT_TRANSLATE_NOOP("actions", "&Find in List"),
            "Edit",
            workspace.files.find_picture,
            "Ctrl+F",
            section=20,
        ),
    ]


def _view(workspace: DetectionWorkspace) -> list[ActionSpec]:
    canvas, files = workspace.picture, workspace.files
    plain = [
        ("fit", QT_TRANSLATE_NOOP("actions", "&Fit to Window"), canvas.fit, "F Home", 10),
        (
            "fit_selection",
            QT_TRANSLATE_NOOP("actions", "Fit &Selection"),
            workspace.linking.fit_selection,
            "Shift+F",
            10,
        ),
        ("next", QT_TRANSLATE_NOOP("actions", "&Next Picture"), files.go_next, "D PgDown", 20),
        (
            "previous",
            QT_TRANSLATE_NOOP("actions", "Pre&vious Picture"),
            files.go_previous,
            "A PgUp",
            20,
        ),
        (
            "peek",
            QT_TRANSLATE_NOOP("actions", "&Hide Overlays (hold)"),
            workspace.overlays.peek,
            "H",
            30,
        ),
    ]
    wide = [
        (
            "actual_size",
            QT_TRANSLATE_NOOP("actions", "Actual Size (100 %)"),
            canvas.actual_size,
            "Ctrl+0",
        ),
        ("zoom_in", QT_TRANSLATE_NOOP("actions", "Zoom &In"), canvas.zoom_in, "Ctrl+= Ctrl++"),
        ("zoom_out", QT_TRANSLATE_NOOP("actions", "Zoom &Out"), canvas.zoom_out, "Ctrl+-"),
    ]
    return [
        *(
            ActionSpec(f"detection.view.{name}", text, "View", callback, keys)
            for name, text, callback, keys in wide
        ),
        *(
            ActionSpec(
                f"detection.view.{name}",
                text,
                "View",
                callback,
                keys,
                canvas_only=True,
                section=section,
            )
            for name, text, callback, keys, section in plain
        ),
        *(
            ActionSpec(
                f"detection.stage.{name}.toggle",
                STAGE_TEXTS[name],
                "View",
                partial(workspace.overlays.show, name),
                f"Shift+{NAMES.index(name) + 1}",
                checkable=True,
                canvas_only=True,
                section=30,
                checked=partial(workspace.overlays.is_shown, name),
            )
            for name in STAGES
        ),
        *(
            ActionSpec(
                f"detection.stage.{name}.view",
                VIEW_TEXTS[name],
                "Run",
                StageOpener(workspace, name).toggle,
                str(number),
                checkable=True,
                canvas_only=True,
                section=40,
                checked=StageOpener(workspace, name).is_open,
            )
            for number, name in enumerate(NAMES, 1)
        ),
    ]


def _run(workspace: DetectionWorkspace) -> list[ActionSpec]:
    return [
        ActionSpec(
            "detection.run",
            QT_TRANSLATE_NOOP("actions", "&Detect"),
            "Run",
            workspace.session.run,
            "Ctrl+R",
            icon="play",
            enabled=workspace.can_run,
        ),
        ActionSpec(
            "detection.survey",
            QT_TRANSLATE_NOOP("actions", "&Survey the List"),
            "Run",
            workspace.surveyor.start,
            "Ctrl+Shift+R",
            section=30,
            icon="search",
            enabled=workspace.surveyor.possible,
        ),
        ActionSpec(
            "detection.cancel",
            QT_TRANSLATE_NOOP("actions", "&Cancel"),
            "Run",
            workspace.inquiry.escape,
            "Esc",
            canvas_only=True,
            icon="stop",
            enabled=workspace.inquiry.can_escape,
        ),
        ActionSpec(
            "detection.origin",
            QT_TRANSLATE_NOOP("actions", "Where Does This Box &Come From?"),
            "Run",
            workspace.inquiry.show_origin,
            "O",
            canvas_only=True,
            icon="vectors",
            section=20,
            enabled=workspace.inquiry.has_result,
        ),
        ActionSpec(
            "detection.lost",
            QT_TRANSLATE_NOOP("actions", "Where Was My Object &Lost?"),
            "Run",
            workspace.inquiry.find_lost,
            "B",
            checkable=True,
            canvas_only=True,
            icon="target",
            section=20,
            checked=workspace.inquiry.finds_lost,
            enabled=workspace.inquiry.has_result,
        ),
        ActionSpec(
            "detection.head",
            QT_TRANSLATE_NOOP("actions", "&Ask the Head"),
            "Run",
            workspace.inquiry.ask_head,
            "Q",
            checkable=True,
            canvas_only=True,
            section=20,
            checked=workspace.inquiry.asks_head,
            enabled=workspace.inquiry.has_result,
        ),
        ActionSpec(
            "detection.court",
            QT_TRANSLATE_NOOP("actions", "&NMS Court: Two Boxes"),
            "Run",
            workspace.inquiry.open_court,
            section=20,
            enabled=workspace.inquiry.has_result,
        ),
        ActionSpec(
            "detection.limits.stock",
            QT_TRANSLATE_NOOP("actions", "The Model's Own &Thresholds"),
            "Run",
            workspace.inquiry.limits.reset,
            section=25,
            icon="reset",
            enabled=workspace.inquiry.has_result,
        ),
    ]
