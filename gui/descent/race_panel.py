"""Start, number of steps, noise and seed of the race."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.descent.setup import Setup
from gui.widgets.number_field import NumberField

MOST_STEPS = 100_000
MOST_SEED = 2**53  # the largest that a number field holds exactly


class RacePanel(QWidget):
    """Five number fields.

    Signals:
        start_wanted: x, y.
        changed: "steps", "noise" or "seed", and its value.
    """

    start_wanted = Signal(float, float)
    changed = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self.start_x = NumberField(0.0, self, step=0.1)
        self.start_y = NumberField(0.0, self, step=0.1)
        self.steps = NumberField(300, self, minimum=1, maximum=MOST_STEPS, integer=True, step=50)
        self.noise = NumberField(0.0, self, minimum=0.0, maximum=1e6, step=0.1)
        self.seed = NumberField(0, self, minimum=0, maximum=MOST_SEED, integer=True)
        self._labels = {name: QLabel(self) for name in ("x", "y", "steps", "noise", "seed")}
        for name, field in self._fields().items():
            field.setObjectName(f"descent.race.{name}.field")
            self._labels[name].setBuddy(field)
        self.start_x.setObjectName("descent.start.x.field")
        self.start_y.setObjectName("descent.start.y.field")
        for field in (self.start_x, self.start_y):
            field.value_changed.connect(self._on_start)
        for field in (self.steps, self.noise, self.seed):
            field.value_changed.connect(self._on_value)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(4)
        column_layout.addWidget(self._heading)
        for names in (("x", "y"), ("steps", "noise", "seed")):
            row = QHBoxLayout()
            row.setSpacing(6)
            for name in names:
                row.addWidget(self._labels[name])
                row.addWidget(self._fields()[name], 1)
            column_layout.addLayout(row)
        self.retranslate()

    def show_setup(self, setup: Setup) -> None:
        """Show what is set; asks for nothing."""
        x, y = setup.start()
        self.start_x.set_value(x)
        self.start_y.set_value(y)
        self.steps.set_value(setup.race.steps)
        self.noise.set_value(setup.race.noise)
        self.seed.set_value(setup.race.seed)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("RACE"))
        where = self.tr(
            "Start of all racers; also Shift+click on the map.\n"
            "Ctrl+click there sends a copy of the chosen racer from another start."
        )
        texts = {
            "x": (self.tr("start x"), where),
            "y": (self.tr("start y"), where),
            "steps": (self.tr("steps"), self.tr("How many steps the race has")),
            "noise": (
                self.tr("noise"),
                self.tr("Standard deviation of the noise on each gradient; all feel the same"),
            ),
            "seed": (self.tr("seed"), self.tr("Decides the noise; the same seed, the same race")),
        }
        for name, (text, hint) in texts.items():
            self._labels[name].setText(text)
            field = self._fields()[name]
            field.setAccessibleName(text)
            field.set_hint(hint)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fields(self) -> dict[str, NumberField]:
        return {
            "x": self.start_x,
            "y": self.start_y,
            "steps": self.steps,
            "noise": self.noise,
            "seed": self.seed,
        }

    @Slot(float)
    def _on_start(self, value: float) -> None:
        self.start_wanted.emit(self.start_x.value(), self.start_y.value())

    @Slot(float)
    def _on_value(self, value: float) -> None:
        for name, field in self._fields().items():
            if field is self.sender():
                self.changed.emit(name, value)
