"""What bfloat16 gains and changes, in a sentence and in numbers, and a button to measure it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.detection.precision.jobs import Known
from gui.widgets.fact_table import FactTable, figure, whole
from gui.widgets.task_progress import TaskStrip
from gui.widgets.user_text import tip

if TYPE_CHECKING:
    from engine.detection.precision.measure import PrecisionProgress
    from engine.detection.precision.measurement import Measurement

NOTHING = "–"


class PrecisionPanel(QWidget):
    """Stands below the choice of the precision.

    Signals:
        measure_wanted, stop_wanted: the buttons.
    """

    measure_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.precision")
        self._known: Known | None = None
        self._busy = self._measuring = False
        self._progress: tuple[PrecisionProgress, str] | None = None
        self.sentence = QLabel(self)
        self.sentence.setObjectName("detection.precision.sentence")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.measure = QPushButton(self)
        self.measure.setObjectName("detection.precision.measure.button")
        self.measure.setAutoDefault(False)
        self.strip = TaskStrip("detection.precision.progress", self)
        self.numbers = FactTable("detection.precision.numbers", 3, self, titled=True)
        self.numbers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.numbers.setSelectionMode(FactTable.SelectionMode.NoSelection)
        self.numbers.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.numbers.stretch(0)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(row)
        layout.addWidget(self.strip)
        layout.addWidget(self.numbers)
        self.measure.clicked.connect(self.measure_wanted)
        self.strip.cancel_wanted.connect(self.stop_wanted)
        self.retranslate()

    def show_known(self, known: Known | None, *, busy: bool = False) -> None:
        """What is known of a model; None while it is looked up.

        Args:
            busy: another model is being measured.
        """
        self._known, self._busy, self._progress = known, busy, None
        self._measuring = False
        self.strip.hide()
        self._show_texts()

    def show_measuring(self) -> None:
        """The model's measurement has begun."""
        self._measuring = True
        self._show_texts()

    def show_progress(self, step: PrecisionProgress, title: str) -> None:
        """How far a measurement is.

        Args:
            title: of its model.
        """
        self._progress = step, title
        text = self.tr("Measuring {model}: {picture}").format(
            model=title, picture=Path(step.path).name
        )
        self.strip.show_progress(text, step.done, step.count)

    def _show_texts(self) -> None:
        known = self._known
        found = known.measurement if known is not None else None
        can = known is not None and len(known.precisions) > 1 and not self._measuring
        self.measure.setVisible(can)
        self.measure.setEnabled(can and not self._busy)
        self.measure.setText(self.tr("Measure") if found is None else self.tr("Measure Again"))
        self.sentence.setText(self._sentence())
        self.sentence.setToolTip("" if found is None else tip(self._changes(found)))
        self.numbers.setVisible(found is not None and not self._measuring)
        if found is not None:
            self._fill(found)

    def _sentence(self) -> str:
        known = self._known
        if self._measuring:
            return self.tr("bfloat16 is being measured beside float32, on the sample pictures.")
        if known is None:
            return ""
        if len(known.precisions) == 1:
            return self.tr("This device has no units for bfloat16; the model computes in float32.")
        found = known.measurement
        if found is None:
            return self.tr(
                "What bfloat16 gains and changes with this model has not been measured on this"
                " machine yet; until then automatic is float32."
            )
        times, pictures = figure(found.times_faster), whole(found.pictures)
        if found.detections == 0:
            text = self.tr(
                "The model shows nothing on the {pictures} sample pictures, so nothing could be"
                " compared; automatic is float32."
            )
        elif found.changes:
            text = self.tr(
                "bfloat16 is {times} times as fast, but other detections are shown on the"
                " {pictures} sample pictures; automatic is float32."
            )
        elif not found.is_faster:
            text = self.tr(
                "bfloat16 is no faster here ({times} times as fast as float32); automatic is"
                " float32."
            )
        else:
            text = self.tr(
                "bfloat16 is {times} times as fast, and the same detections are shown on the"
                " {pictures} sample pictures; automatic is bfloat16."
            )
        return text.format(times=times, pictures=pictures)

    def _fill(self, found: Measurement) -> None:
        masks = NOTHING if found.mask_iou is None else figure(found.mask_iou, 3)
        counts = [
            whole(sum(change.what == what for change in found.changes))
            for what in ("appeared", "vanished", "relabelled")
        ]
        rows = [
            (
                self.tr("Seconds a picture"),
                figure(found.seconds_exact),
                figure(found.seconds),
            ),
            (self.tr("Largest difference in score"), NOTHING, figure(found.score, 4)),
            (self.tr("Largest difference of a box, px"), NOTHING, figure(found.box)),
            (self.tr("Least IoU of masks"), NOTHING, masks),
            (
                self.tr("Appeared / vanished / of another class, of {count}").format(
                    count=whole(found.detections)
                ),
                NOTHING,
                " / ".join(counts),
            ),
        ]
        self.numbers.title(["", "float32", found.subject.precision])
        self.numbers.fill(rows)
        height = self.numbers.horizontalHeader().sizeHint().height()
        height += sum(self.numbers.rowHeight(row) for row in range(len(rows)))
        self.numbers.setFixedHeight(height + 2 * self.numbers.frameWidth())

    def _changes(self, found: Measurement) -> str:
        """A line for each detection that is shown otherwise."""
        words = {
            "appeared": self.tr("{picture}: {name} appears, score {exact} → {other}"),
            "vanished": self.tr("{picture}: {name} vanishes, score {exact} → {other}"),
            "relabelled": self.tr("{picture}: {name} gets another class, score {exact} → {other}"),
        }
        return "\n".join(
            words[change.what].format(
                picture=change.picture,
                name=change.class_name,
                exact=figure(change.exact),
                other=figure(change.other),
            )
            for change in found.changes[:20]
        )

    def retranslate(self) -> None:
        self.measure.setToolTip(
            self.tr("Look at the sample pictures in float32 and in bfloat16, and compare")
        )
        self.numbers.setAccessibleName(self.tr("bfloat16 beside float32"))
        self._show_texts()
        if self._progress is not None:
            self.show_progress(*self._progress)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
