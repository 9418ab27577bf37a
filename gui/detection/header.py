"""The line over the picture: which model, run and cancel, how far it is, and what it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection, InspectProgress

# What the inference lane is about to do.
STAGE_TEXTS = {
    "picture": QT_TRANSLATE_NOOP("detection", "Reading the picture"),
    "model": QT_TRANSLATE_NOOP("detection", "Loading the model"),
    "input": QT_TRANSLATE_NOOP("detection", "Resizing"),
    "features": QT_TRANSLATE_NOOP("detection", "Features"),
    "rpn": QT_TRANSLATE_NOOP("detection", "Region proposals"),
    "proposals": QT_TRANSLATE_NOOP("detection", "Choosing proposals"),
    "boxes": QT_TRANSLATE_NOOP("detection", "Boxes and classes"),
    "masks": QT_TRANSLATE_NOOP("detection", "Masks"),
    "keypoints": QT_TRANSLATE_NOOP("detection", "Keypoints"),
}
# What the reader changed; the keys of `engine.pictures.reader.NOTES`.
NOTE_TEXTS = {
    "turned": QT_TRANSLATE_NOOP("detection", "turned upright by its EXIF orientation"),
    "alpha": QT_TRANSLATE_NOOP("detection", "transparency laid on white"),
    "depth": QT_TRANSLATE_NOOP("detection", "more than 8 bits, mapped to 8 by percentiles"),
    "cmyk": QT_TRANSLATE_NOOP("detection", "CMYK converted to RGB"),
    "first_page": QT_TRANSLATE_NOOP("detection", "only the first of several pages"),
}
PROGRESS_STEPS = 100


class Header(QWidget):
    """Model, run, cancel, progress, export, and a line of facts.

    Signals:
        model_chosen: a model's name.
        models_wanted, run_wanted, cancel_wanted, export_wanted: the buttons.
        annotate_wanted: whether the annotator's pass shall be on.
    """

    model_chosen = Signal(str)
    models_wanted = Signal()
    run_wanted = Signal()
    cancel_wanted = Signal()
    export_wanted = Signal()
    annotate_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.models: tuple[tuple[str, str], ...] = ()
        self._stage: InspectProgress | None = None
        self._reading: tuple[int, int] | None = None
        self.label = QLabel(self)
        self.model = QComboBox(self)
        self.model.setObjectName("detection.model.combo")
        self.model.setMinimumWidth(104)
        self.model.setMaximumWidth(320)
        self.model.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.model.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label.setBuddy(self.model)
        self.more = QToolButton(self)
        self.more.setObjectName("detection.models.button")
        icons.set_icon(self.more, "download")
        self.run = QPushButton(self)
        self.run.setObjectName("detection.run.button")
        self.run.setProperty("role", "primary")
        self.cancel = QPushButton(self)
        self.cancel.setObjectName("detection.cancel.button")
        self.cancel.setEnabled(False)
        self.stage = QLabel(self)
        self.stage.setObjectName("detection.progress.label")
        self.stage.setProperty("role", "muted")
        self.progress = QProgressBar(self)
        self.progress.setObjectName("detection.progress.bar")
        self.progress.setRange(0, PROGRESS_STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(88)
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(kept)
        self.export = QPushButton(self)
        self.export.setObjectName("detection.export.button")
        icons.set_icon(self.export, "export")
        self.annotate = QToolButton(self)
        self.annotate.setObjectName("detection.annotate.button")
        self.annotate.setCheckable(True)
        self.annotate.setStyleSheet("QToolButton { padding: 0 4px; }")  # a line of text's height
        icons.set_icon(self.annotate, "annotate")
        self.facts = ElidedLabel(self)
        self.facts.setObjectName("detection.facts.label")
        self.facts.setFont(theme.tabular(self.facts.font()))
        self._lay_out()
        self.model.activated.connect(self._chose)
        self.more.clicked.connect(self.models_wanted)
        self.run.clicked.connect(self.run_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.annotate.clicked.connect(self.annotate_wanted)
        self.set_running(False)
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for widget in (self.label, self.model, self.more, self.run, self.cancel):
            row.addWidget(widget)
        row.setStretch(1, 1)  # the list grows to its names, and shrinks in a small window
        row.addStretch(0)
        row.addWidget(self.export)
        told = QHBoxLayout()
        told.setSpacing(theme.GAP)
        told.addWidget(self.facts, 1)
        told.addWidget(self.stage)
        told.addWidget(self.progress)
        told.addWidget(self.annotate)  # the row above is full in a small window
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        layout.setSpacing(theme.GAP)
        layout.addLayout(row)
        layout.addLayout(told)

    def set_models(self, models: Sequence[tuple[str, str]], chosen: str) -> None:
        """The models that can run: (name, title) each."""
        self.models = tuple(models)
        self.model.clear()
        for name, title in models:
            self.model.addItem(engine_text(title), name)
        self.set_model(chosen)

    def set_model(self, name: str) -> None:
        self.model.setCurrentIndex(self.model.findData(name))

    def set_running(self, running: bool) -> None:
        """Show progress and Cancel, or Run."""
        focused = self.run.hasFocus() or self.cancel.hasFocus()
        self.run.setEnabled(not running)
        self.cancel.setEnabled(running)
        # One place for both: a small window has no room for two.
        (self.run if running else self.cancel).hide()
        (self.cancel if running else self.run).show()
        if focused:
            (self.cancel if running else self.run).setFocus()
        self.progress.setVisible(running)
        if running:
            self.progress.setValue(0)
        self._stage = self._reading = None
        self._show_stage()

    def set_reading(self, size: tuple[int, int]) -> None:
        """A picture of (width, height) is being read, which takes a while."""
        self._reading = size
        self._show_stage()

    def reading(self) -> str:
        """What to say meanwhile."""
        width, height = self._reading or (0, 0)
        number = QLocale()
        return self.tr("Reading {width} × {height} pixels").format(
            width=number.toString(width), height=number.toString(height)
        )

    def set_progress(self, step: InspectProgress) -> None:
        """Which part is being computed."""
        self._stage, self._reading = step, None
        self.progress.setValue(round(PROGRESS_STEPS * (step.index + 0.5) / max(step.count, 1)))
        self._show_stage()

    def _show_stage(self) -> None:
        if self._stage is None:
            self.stage.setText(self.reading() if self._reading else "")
            return
        text = STAGE_TEXTS.get(self._stage.stage, self._stage.stage)
        self.stage.setText(QCoreApplication.translate("detection", text))

    def set_facts(self, facts: Sequence[str]) -> None:
        """The line of facts below the buttons."""
        self.facts.setText(" · ".join(facts))
        self.facts.setToolTip("\n".join(facts))

    def inspection_facts(
        self, inspection: Inspection, *, score: float, nms: float, count: int
    ) -> list[str]:
        """What to say of an inspection: model, thresholds, device, time, result."""
        number = QLocale()
        return [
            self.tr("detections: {count}").format(count=number.toString(count)),
            self.tr("score > {score}").format(score=number.toString(score, "f", 2)),
            self.tr("NMS {nms}").format(nms=number.toString(nms, "f", 2)),
            # Before the model, which the list above names too: the line may be cut.
            f"{inspection.device}, {inspection.precision}",
            self.tr("{seconds} s").format(seconds=number.toString(inspection.seconds, "f", 2)),
            self.tr("Model: {model}").format(model=engine_text(inspection.model.title)),
        ]

    def _chose(self, index: int) -> None:
        name: Any = self.model.itemData(index)
        if isinstance(name, str):
            self.model_chosen.emit(name)

    def retranslate(self) -> None:
        self.label.setText(self.tr("Model"))
        self.model.setAccessibleName(self.tr("Model"))
        self.model.setToolTip(self.tr("The detector that looks at the picture"))
        for index, (_, title) in enumerate(self.models):
            self.model.setItemText(index, engine_text(title))
        self.more.setAccessibleName(self.tr("Models"))
        self.more.setToolTip(self.tr("All models, downloads, weights files, device (Ctrl+M)"))
        self.run.setText(self.tr("Detect"))
        self.run.setToolTip(self.tr("Run the model on this picture (Ctrl+R)"))
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Stop the running detection (Esc)"))
        self.export.setText(self.tr("Export…"))
        self.export.setToolTip(self.tr("Write the annotated picture and the detections (Ctrl+E)"))
        self.annotate.setAccessibleName(self.tr("Annotate"))
        self.annotate.setToolTip(
            self.tr("Accept, reject and mend what the model found (Ctrl+Shift+A)")
        )
        self.progress.setAccessibleName(self.tr("Progress"))
        self._show_stage()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def note_texts(notes: Sequence[str]) -> list[str]:
    """What the reader changed in a picture, in the window's language."""
    return [QCoreApplication.translate("detection", NOTE_TEXTS.get(note, note)) for note in notes]
