"""The thresholds of a session: the two sliders, the tab of all of them, undo and redo."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.detection.session import Session
from gui.detection.thresholds.names import read_limits, saved_limits
from gui.detection.thresholds.panel import ThresholdsPanel
from gui.detection.thresholds.undo import ThresholdHistory
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.slider_field import Threshold


class ThresholdsController(QObject):
    """Sets the session's thresholds, and follows whoever else sets them."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.score = Threshold("detection.score", 0.5, parent, minimum=0.0)
        self.nms = Threshold("detection.nms", 0.5, parent, minimum=0.05)
        self.panel = ThresholdsPanel(session, parent)
        self.history = ThresholdHistory(session)
        self.score.changed.connect(self._set_score)
        self.nms.changed.connect(self._set_nms)
        session.limits_changed.connect(self._show)
        self.retranslate()

    def actions(self) -> list[ActionSpec]:
        """Undo, redo, and the model's own values."""
        history = self.history
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
                "detection.limits.stock",
                QT_TRANSLATE_NOOP("actions", "The Model's Own &Thresholds"),
                "Run",
                self.panel.reset,
                section=25,
                icon="reset",
                enabled=self._session.has_result,
            ),
        ]

    def _set_score(self, value: float) -> None:
        self._session.change({"score": value})

    def _set_nms(self, value: float) -> None:
        self._session.change({"nms": value})

    def _show(self) -> None:
        self.score.set_value(self._session.score)
        self.nms.set_value(self._session.nms)

    def save_state(self) -> dict[str, Any]:
        """For the settings file."""
        return {"limits": saved_limits(self._session.limits)}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Bring back what was saved; that is nothing to undo."""
        self._session.set_limits(read_limits(state.get("limits"), self._session.limits))
        self.history.stack.clear()

    def retranslate(self) -> None:
        self.score.set_texts(
            self.tr("Score"),
            self.tr("Show detections with a higher score than this. The model does not run again."),
        )
        self.nms.set_texts(
            self.tr("NMS IoU"),
            self.tr(
                "A better box of the same class hides boxes that overlap it by more than this."
            ),
        )
