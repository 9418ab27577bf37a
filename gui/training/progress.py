"""The line above the curves: state, step, speed, time left, and a bar."""

from __future__ import annotations

import math
from collections import deque
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from gui import number_text, theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.plots.plot_widget import duration, fixed

if TYPE_CHECKING:
    from engine.annotations.json_stream import ReadProgress
    from engine.training.spec import TrainFrame

SPEED_STEPS = 20
MARGINS, SPACING = (16, 12, 16, 8), 12
COLUMNS = (7, 4, 3)  # figures a line, by the room there is
ROOM_TO_RETURN = 48  # pixels more than longer lines need: a shorter number must not join them


class State(Enum):
    """Where the training is; the value is what a person reads."""

    IDLE = QT_TRANSLATE_NOOP("training", "Ready")
    STARTING = QT_TRANSLATE_NOOP("training", "Starting")
    RUNNING = QT_TRANSLATE_NOOP("training", "Training")
    EVALUATING = QT_TRANSLATE_NOOP("training", "Evaluating")
    PAUSED = QT_TRANSLATE_NOOP("training", "Paused")
    STOPPING = QT_TRANSLATE_NOOP("training", "Saving")
    STOPPED = QT_TRANSLATE_NOOP("training", "Stopped")
    DONE = QT_TRANSLATE_NOOP("training", "Done")
    FAILED = QT_TRANSLATE_NOOP("training", "Failed")
    FOLLOWING = QT_TRANSLATE_NOOP("training", "Following")  # another process writes it

    @property
    def active(self) -> bool:
        """Whether a training of this window is at work."""
        return self not in (
            State.IDLE, State.STOPPED, State.DONE, State.FAILED, State.FOLLOWING
        )  # fmt: skip


class Meter:
    """The figures of one run, by its frames.

    Attributes:
        state: where it is.
        frame: its last step; None before the first one.
        share: of its steps that are done, or of the data that is read, 0 to 1.
        silent: whether no step has come for so long that nobody knows how long it will take.
    """

    def __init__(self) -> None:
        self.state = State.IDLE
        self.frame: TrainFrame | None = None
        self.share = 0.0
        self.silent = False
        self._seconds: deque[float] = deque(maxlen=SPEED_STEPS)

    def begin(self) -> None:
        """Forget the run before."""
        self.frame, self.share, self.silent = None, 0.0, False
        self._seconds.clear()

    def add_reading(self, progress: ReadProgress) -> None:
        """So much of the data is read, before the first step."""
        self.share = progress.done / max(progress.count, 1)

    def add(self, frame: TrainFrame) -> None:
        """A moment of the training."""
        if frame.losses:
            if frame.seconds:  # 0 for a step that was taken before this training went on
                self._seconds.append(frame.seconds)
            self.frame = frame
        elif self.frame is None:
            self.frame = frame
        self.share = frame.step / max(1, frame.steps)

    def step_seconds(self) -> float:
        """Of a step, the mean of the last ones; 0 when unknown."""
        return sum(self._seconds) / len(self._seconds) if self._seconds else 0.0

    def seconds_left(self) -> float:
        """Estimate from the last steps; NaN when unknown."""
        if self.silent or self.frame is None or not self._seconds or not self.frame.steps:
            return math.nan
        return self.step_seconds() * max(self.frame.steps - self.frame.step, 0)


class Progress(QWidget):
    """Figures of a run, each in a place of its own that does not move."""

    FIELDS = ("state", "step", "loss", "lr", "speed", "memory", "eta")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meter = Meter()
        self._names: dict[str, QLabel] = {}
        self._values: dict[str, QLabel] = {}
        self._cells: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(*MARGINS)
        self._grid.setHorizontalSpacing(SPACING)
        self._grid.setVerticalSpacing(4)
        for name in self.FIELDS:
            cell = QWidget(self)
            caption, value = QLabel(cell), QLabel(cell)
            caption.setProperty("role", "section")
            value.setObjectName(f"training.{name}")
            value.setFont(theme.tabular(value.font()))
            inside = QVBoxLayout(cell)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(0)
            inside.addWidget(caption)
            inside.addWidget(value)
            self._cells.append(cell)
            self._names[name], self._values[name] = caption, value
        self._columns = 0
        self._arrange(COLUMNS[0])
        self.bar = QProgressBar(self)
        self.bar.setObjectName("training.progress")
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._grid)
        column.addWidget(self.bar)
        self.retranslate()
        self.show_meter(self._meter)

    @property
    def state(self) -> State:
        return self._meter.state

    def minimumSizeHint(self) -> QSize:
        """As narrow as the shortest lines of figures; longer ones are for where there is room."""
        return QSize(self._width_of(COLUMNS[-1]), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for columns in COLUMNS:
            needed = self._width_of(columns) + (columns > self._columns) * ROOM_TO_RETURN
            if event.size().width() >= needed or columns == COLUMNS[-1]:
                self._arrange(columns)
                break

    def _width_of(self, columns: int) -> int:
        """Pixels that so many figures a line take."""
        hints = [cell.sizeHint().width() for cell in self._cells]
        widest = [max(hints[place::columns]) for place in range(columns)]
        return MARGINS[0] + MARGINS[2] + SPACING * (columns - 1) + sum(widest)

    def _arrange(self, columns: int) -> None:
        """Lay the figures out, so many a line."""
        if columns == self._columns:
            return
        self._columns = columns
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, *divmod(place, columns))
        for place in range(len(self._cells) + 1):
            self._grid.setColumnStretch(place, int(place == columns))

    def show_meter(self, meter: Meter) -> None:
        """Show a run's figures as they are now."""
        self._meter = meter
        # A bar without a measure while there is nothing to count.
        busy = meter.state is State.STOPPING or (meter.state is State.STARTING and not meter.share)
        # Setting a value paints the bar, and with it all that waits to be painted, at once.
        self.bar.setUpdatesEnabled(False)
        self.bar.setRange(0, 0 if busy else 1000)
        self.bar.setValue(round(1000 * min(meter.share, 1.0)))
        self.bar.setUpdatesEnabled(True)
        self._show()

    def _show(self) -> None:
        meter, values = self._meter, self._values
        frame, mean = meter.frame, meter.step_seconds()
        values["state"].setText(QCoreApplication.translate("training", meter.state.value))
        losses = frame.losses if frame is not None else {}
        steps = (frame.steps or "–") if frame is not None else "–"
        values["step"].setText(f"{frame.step} / {steps}" if frame is not None else "–")
        values["loss"].setText(fixed(losses["loss"], 3) if "loss" in losses else "–")
        values["lr"].setText(number_text.write(frame.lr, digits=3) if frame and losses else "–")
        pictures = frame.pictures if frame is not None else 0
        values["speed"].setText(fixed(pictures / mean, 2) if mean and pictures else "–")
        memory = frame.memory if frame is not None else 0
        values["memory"].setText(
            self.tr("{size} GB").format(size=fixed(memory / 1e9, 2)) if memory else "–"
        )
        running = meter.state in (
            State.RUNNING, State.EVALUATING, State.PAUSED, State.FOLLOWING
        )  # fmt: skip
        values["eta"].setText(duration(meter.seconds_left()) if running else "–")

    def retranslate(self) -> None:
        captions = {
            "state": self.tr("State"),
            "step": self.tr("Step"),
            "loss": self.tr("Loss"),
            "lr": self.tr("Learning rate"),
            "speed": self.tr("Pictures/s"),
            "memory": self.tr("Memory"),
            "eta": self.tr("Time left"),
        }
        for name, text in captions.items():
            self._names[name].setText(text)
            self._values[name].setAccessibleName(text)
        states = [QCoreApplication.translate("training", state.value) for state in State]
        widths = {
            "state": states,
            "step": ["0000 / 0000"],
            "lr": ["0.000012"],
            "memory": [self.tr("{size} GB").format(size=fixed(88.88, 2))],
            "eta": ["0:00:00"],
        }
        for name, texts in widths.items():
            metrics = self._values[name].fontMetrics()
            width = max(metrics.horizontalAdvance(text) for text in texts)
            self._values[name].setMinimumWidth(width + 4)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
