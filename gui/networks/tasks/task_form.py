"""The task and its numbers: net, examples, batches, steps."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.networks.backprop.activations import ACTIVATIONS
from engine.networks.tasks.registry import TASKS
from engine.networks.tasks.settings import MOST_DEGREE, MOST_LAYERS, MOST_NODES
from engine.networks.tasks.spec import FitSpec, Task
from gui import icons
from gui.messages import engine_text
from gui.networks.tasks.setup import OWN, OWN_TASK, TaskSetup
from gui.widgets.number_field import NumberField
from gui.widgets.wheel_guard import CalmWheel

HIDDEN_TEXT = re.compile(r"\s*(\d{1,4}(\s*[-–,;x× ]\s*\d{1,4})*)?\s*")
MOST_STEPS, MOST_EXAMPLES = 20_000, 2000  # of a race in the window
MOST_SEED = 2**53  # the largest that a number field holds exactly
PAIRS = 2  # of label and field in a row
FIELD_PX = 66
WIDE = ("activation",)  # has a row of its own

NET = ("hidden", "activation", "scale", "decay")
EXAMPLES = ("train_count", "test_count", "noise", "data_seed", "degree")
SHOWN: dict[str, tuple[str, ...]] = {
    "classes": ("seed", *NET, *EXAMPLES, "batch", "patience", "steps"),
    "numbers": ("seed", *NET, *EXAMPLES, "batch", "patience", "steps"),
    "parameters": ("seed", "steps", "start_u", "start_v"),
    "own": ("seed", "decay", "batch", "patience", "steps"),
}
START = ("start_u", "start_v")


class TaskForm(QWidget):
    """Shows what is set and asks for something else.

    Signals:
        task_chosen: a task's name.
        own_wanted: the user wants to choose a file.
        changed: a field of the spec and its value.
        start_changed: u, v.
    """

    task_chosen = Signal(str)
    own_wanted = Signal()
    changed = Signal(str, object)
    start_changed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup: TaskSetup | None = None
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self.task = QComboBox(self)
        self.task.setObjectName("networks.tasks.task.combo")
        for name in TASKS:
            self.task.addItem("", name)
        self.own = QPushButton(self)
        self.own.setObjectName("networks.tasks.own.button")
        self.summary = QLabel(self)
        self.summary.setObjectName("networks.tasks.summary.label")
        self.summary.setProperty("role", "muted")
        self.summary.setWordWrap(True)
        self.hidden = QLineEdit(self)
        self.activation = QComboBox(self)
        for name in ACTIVATIONS:
            self.activation.addItem("", name)
        for combo in (self.task, self.activation):
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            combo.setSizeAdjustPolicy(policy)
            combo.setMinimumContentsLength(6)
        calm = CalmWheel(self)
        for combo in (self.task, self.activation):
            calm.watch(combo)
        self.numbers = {
            "seed": NumberField(0, self, minimum=0, maximum=MOST_SEED, integer=True),
            "scale": NumberField(1, self, minimum=0, maximum=1000, logarithmic=True),
            "decay": NumberField(0, self, minimum=0, maximum=1000, step=0.001),
            "train_count": _count(1, self),
            "test_count": _count(1, self),
            "noise": NumberField(0, self, minimum=0, maximum=100, step=0.05),
            "data_seed": NumberField(0, self, minimum=0, maximum=MOST_SEED, integer=True),
            "degree": NumberField(1, self, minimum=1, maximum=MOST_DEGREE, integer=True),
            "batch": _count(0, self),
            "patience": NumberField(0, self, minimum=0, maximum=MOST_STEPS, integer=True, step=10),
            "steps": NumberField(1, self, minimum=1, maximum=MOST_STEPS, integer=True, step=100),
            "start_u": NumberField(0, self, step=0.1),
            "start_v": NumberField(0, self, step=0.1),
        }
        self.new_start = QToolButton(self)
        self.new_start.setObjectName("networks.tasks.new_start.button")
        self.new_start.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.set_icon(self.new_start, "loop")
        self._controls: dict[str, QWidget] = {
            "hidden": self.hidden, "activation": self.activation, **self.numbers,
        }  # fmt: skip
        self._labels = {name: QLabel(self) for name in self._controls}
        for name, control in self._controls.items():
            kind = "combo" if isinstance(control, QComboBox) else "field"
            control.setObjectName(f"networks.tasks.{name}.{kind}")
            control.setMinimumWidth(FIELD_PX)
            self._labels[name].setBuddy(control)
        self._lay_out()
        self.task.activated.connect(self._on_task)
        self.own.clicked.connect(self.own_wanted)
        self.hidden.editingFinished.connect(self._on_hidden)
        self.activation.activated.connect(self._on_activation)
        self.new_start.clicked.connect(self._on_new_start)
        for field in self.numbers.values():
            field.value_changed.connect(self._on_number)
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.task, 1)
        top.addWidget(self.own)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for column in range(PAIRS):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self._seed_row = QHBoxLayout()
        self._seed_row.setSpacing(2)
        self._seed_row.addWidget(self.numbers["seed"], 1)
        self._seed_row.addWidget(self.new_start)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(6)
        column_layout.addWidget(self._heading)
        column_layout.addLayout(top)
        column_layout.addWidget(self.summary)
        column_layout.addLayout(self._grid)
        column_layout.addStretch(1)

    def show_setup(self, setup: TaskSetup) -> None:
        """Show what is set; asks for nothing."""
        self._setup = setup
        task, spec = setup.task(), setup.resolved()
        self._show_task(task)
        self._arrange(self._shown(task))
        self.hidden.setText(", ".join(map(str, spec.hidden or ())))
        self._mark(wrong=False)
        self.activation.setCurrentIndex(self.activation.findData(spec.activation))
        for name, field in self.numbers.items():
            if name not in START:
                field.set_value(_shown_number(spec, name))
        u, v = spec.start or (0.0, 0.0)
        self.numbers["start_u"].set_value(u)
        self.numbers["start_v"].set_value(v)

    def _shown(self, task: Task) -> Iterable[str]:
        shown = SHOWN[task.kind]
        # Sixty-four pixels have no monomials that a small net could be given.
        return shown if task.inputs <= 2 else [name for name in shown if name != "degree"]

    def _show_task(self, task: Task) -> None:
        """The user's file is among the choices only while it is chosen."""
        place = self.task.findData(OWN)
        if task.name == OWN and place < 0:
            self.task.addItem(engine_text(OWN_TASK.title), OWN)
        elif task.name != OWN and place >= 0:
            self.task.removeItem(place)
        self.task.setCurrentIndex(self.task.findData(task.name))
        self.task.setToolTip(engine_text(task.summary))
        self.summary.setText(engine_text(task.summary))

    def _arrange(self, shown: Iterable[str]) -> None:
        """Only what the task has, two in a row."""
        names = list(shown)
        for name, control in self._controls.items():
            if name not in names:
                self._labels[name].hide()
                control.hide()
        self.new_start.setVisible("seed" in names)
        self._grid.removeItem(self._seed_row)
        place = 0
        for name in names:
            wide = name in WIDE
            place += place % PAIRS if wide else 0
            row, column = divmod(place, PAIRS)
            place += PAIRS if wide else 1
            self._grid.addWidget(self._labels[name], row, 2 * column)
            if name == "seed":
                self._grid.addLayout(self._seed_row, row, 2 * column + 1)
            else:
                span = 2 * PAIRS - 1 if wide else 1
                self._grid.addWidget(self._controls[name], row, 2 * column + 1, 1, span)
            self._labels[name].show()
            self._controls[name].show()

    # -- what is asked for --------------------------------------------------------------------

    @Slot(int)
    def _on_task(self, index: int) -> None:
        name = self.task.itemData(index)
        if self._setup is not None and name != self._setup.fit.task:
            self.task_chosen.emit(name)

    @Slot()
    def _on_hidden(self) -> None:
        if self._setup is None:
            return
        text = self.hidden.text()
        sizes = tuple(int(each) for each in re.findall(r"\d+", text))
        fits = len(sizes) <= MOST_LAYERS and all(1 <= size <= MOST_NODES for size in sizes)
        wrong = not (HIDDEN_TEXT.fullmatch(text) and fits)
        self._mark(wrong=wrong)
        if not wrong and sizes != self._setup.resolved().hidden:
            self.changed.emit("hidden", sizes)

    @Slot(int)
    def _on_activation(self, index: int) -> None:
        name = self.activation.itemData(index)
        if self._setup is not None and name != self._setup.resolved().activation:
            self.changed.emit("activation", name)

    @Slot()
    def _on_new_start(self) -> None:
        if self._setup is not None:
            self.changed.emit("seed", self._setup.fit.seed + 1)

    @Slot(float)
    def _on_number(self, value: float) -> None:
        name = next(name for name, field in self.numbers.items() if field is self.sender())
        if name in START:
            u, v = (self.numbers[each].value() for each in START)
            self.start_changed.emit(u, v)
        else:
            whole = name not in ("scale", "decay", "noise")
            self.changed.emit(name, int(value) if whole else value)

    def _mark(self, *, wrong: bool) -> None:
        self.hidden.setProperty("wrong", wrong)
        self.hidden.style().polish(self.hidden)

    # -- texts --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self._heading.setText(self.tr("TASK"))
        self.task.setAccessibleName(self.tr("Task"))
        self.own.setText(self.tr("Own File…"))
        self.own.setToolTip(
            self.tr("A Python file with a function task() that gives module, data and loss")
        )
        self.new_start.setAccessibleName(self.tr("New start"))
        self.new_start.setToolTip(self.tr("Other initial weights, by the next seed"))
        for name, (text, hint) in self._texts().items():
            self._labels[name].setText(text)
            self._labels[name].setToolTip(hint)
            control = self._controls[name]
            control.setAccessibleName(text)
            if isinstance(control, NumberField):
                control.set_hint(hint)
            else:
                control.setToolTip(hint)
        for index in range(self.task.count()):
            name = self.task.itemData(index)
            task = OWN_TASK if name == OWN else TASKS[name]
            self.task.setItemText(index, engine_text(task.title))
            tip = engine_text(task.summary)
            self.task.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        for index, activation in enumerate(ACTIVATIONS.values()):
            self.activation.setItemText(index, engine_text(activation.title))
        if self._setup is not None:
            self._show_task(self._setup.task())

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "seed": (
                self.tr("seed"),
                self.tr("Decides initial weights, batches and further starts, not the examples"),
            ),
            "hidden": (
                self.tr("hidden"),
                self.tr(
                    "Nodes of the hidden layers, such as 8, 8; empty for none.\n"
                    "Up to {layers} layers of {nodes}."
                ).format(layers=MOST_LAYERS, nodes=MOST_NODES),
            ),
            "activation": (self.tr("activation"), self.tr("Of the hidden layers")),
            "scale": (
                self.tr("scale"),
                self.tr("Initial weights are so many times the usual ones; large ones saturate"),
            ),
            "decay": (
                self.tr("decay"),
                self.tr("Penalty decay/2 |w|² on the weights, in every racer's gradient"),
            ),
            "train_count": (self.tr("examples"), self.tr("How many the nets learn from")),
            "test_count": (
                self.tr("test"),
                self.tr("How many further examples the nets are tested on"),
            ),
            "noise": (self.tr("noise"), self.tr("Standard deviation of the noise in the data")),
            "data_seed": (
                self.tr("data seed"),
                self.tr("Decides which examples are drawn to learn from and to test on"),
            ),
            "degree": (
                self.tr("degree"),
                self.tr("The inputs are all monomials up to this degree: many features overfit"),
            ),
            "batch": (self.tr("batch"), self.tr("Examples in an update; 0 for all of them")),
            "patience": (
                self.tr("stop after"),
                self.tr(
                    "Early stopping: a racer goes back to the weights of its least test loss\n"
                    "once that has not fallen for so many updates; 0 for never"
                ),
            ),
            "steps": (self.tr("steps"), self.tr("How many updates the race has")),
            "start_u": (self.tr("start u"), self.tr("Where all racers begin; also drag it")),
            "start_v": (self.tr("start v"), self.tr("Where all racers begin; also drag it")),
        }

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _count(least: int, parent: QWidget) -> NumberField:
    return NumberField(least, parent, minimum=least, maximum=MOST_EXAMPLES, integer=True, step=10)


def _shown_number(spec: FitSpec, name: str) -> float:
    value = getattr(spec, name)
    return 0.0 if value is None else float(value)
