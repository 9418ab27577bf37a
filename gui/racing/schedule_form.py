"""How the chosen racer goes: schedule of its learning rate, jog of weights, further starts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from engine.optimizers import registry as optimizers
from engine.optimizers import schedules
from engine.optimizers.racer import most_starts
from gui import number_text
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.entries import Entry
from gui.racing.schedule_changes import PATIENCE, RADIUS, STARTS, TOLERANCE, value_of
from gui.widgets.number_field import NumberField
from gui.widgets.removal import remove_widgets
from gui.widgets.wheel_guard import CalmWheel

TITLES = {
    "constant": QT_TRANSLATE_NOOP("racing", "Constant"),
    "step": QT_TRANSLATE_NOOP("racing", "Steps"),
    "cosine": QT_TRANSLATE_NOOP("racing", "Cosine"),
    "warmup": QT_TRANSLATE_NOOP("racing", "Warm-up"),
}
FIELD_PX = 72  # holds 0.001 in every language
PAIRS = 2  # of label and field in a row


class ScheduleForm(QWidget):
    """A choice and number fields; settings of a schedule have torch's argument names.

    Signals:
        schedule_chosen: racer and a key of SCHEDULES.
        value_changed: racer, key and value, as `schedule_changes.with_value` takes them.
    """

    schedule_chosen = Signal(str, str)
    value_changed = Signal(str, str, float)

    def __init__(
        self,
        workspace: str,
        parent: QWidget | None = None,
        *,
        hints: Mapping[str, str] | None = None,
        own: str = "",
        pairs: int = PAIRS,
    ) -> None:
        """
        Args:
            workspace: its name, with which the object names begin.
            hints: tool tips in place of those of races on surfaces, by the key of
                `schedule_changes`, marked for "racing".
            own: title of the workspace's own schedule, marked for "racing": it is the first
                choice, has the name "" and no settings here.
            pairs: of label and field in a row.
        """
        super().__init__(parent)
        self._hints = hints or {}
        self._titles = {**({"": own} if own else {}), **TITLES}
        self._workspace, self._pairs = workspace, pairs
        self._racer = ""
        self._shown = ""
        self._alone = False
        self._rate: float | None = None
        self._settings: dict[str, tuple[QLabel, NumberField]] = {}
        self.schedule = QComboBox(self)
        self.schedule.setObjectName(f"{workspace}.schedule.combo")
        for name in (*([""] if own else ()), *schedules.SCHEDULES):
            self.schedule.addItem("", name)
        self.schedule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.schedule.currentIndexChanged.connect(self._on_schedule)
        CalmWheel(self).watch(self.schedule)
        self._schedule_label = QLabel(self)
        self._schedule_label.setBuddy(self.schedule)
        self.rate = QLabel(self)
        self.rate.setObjectName(f"{workspace}.rate.label")
        self.rate.setProperty("role", "muted")
        self.rate.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._radius = NumberField(0.0, self, minimum=0.0, maximum=1e6, step=0.1)
        self._patience = NumberField(20, self, minimum=1, maximum=1e6, integer=True, step=5)
        self._tolerance = NumberField(1e-3, self, minimum=0.0, maximum=1.0, logarithmic=True)
        self._starts = NumberField(1, self, minimum=1, integer=True)
        self._fields = {
            RADIUS: (QLabel(self), self._radius),
            STARTS: (QLabel(self), self._starts),
            PATIENCE: (QLabel(self), self._patience),
            TOLERANCE: (QLabel(self), self._tolerance),
        }
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        for column in range(pairs):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self._grid.addWidget(self._schedule_label, 0, 0)
        self._grid.addWidget(self.schedule, 0, 1)
        if pairs > 1:
            self._grid.addWidget(self.rate, 0, 2, 1, 2)
        else:
            self._grid.addWidget(self.rate, 7, 0, 1, 2)
        for place, (key, (label, field)) in enumerate(self._fields.items()):
            field.setObjectName(f"{workspace}.{key}.field")
            field.setMinimumWidth(FIELD_PX)
            field.value_changed.connect(self._on_value)
            label.setBuddy(field)
            row, column = divmod(place, pairs)
            self._grid.addWidget(label, 8 + row, 2 * column)
            self._grid.addWidget(field, 8 + row, 2 * column + 1)
        self.retranslate()

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry's schedule, jog and starts; asks for nothing."""
        self.setVisible(entry is not None)
        if entry is None:
            self._racer = ""
            return
        racer = entry.racer
        self._racer = racer.name
        if racer.schedule != self._shown:
            self._shown = racer.schedule
            self._rebuild()
        with QSignalBlocker(self.schedule):
            self.schedule.setCurrentIndex(self.schedule.findData(racer.schedule))
        self._starts.set_range(1, most_starts(optimizers.find(racer.optimizer)))
        for key, (_, field) in (*self._fields.items(), *self._settings.items()):
            field.set_value(value_of(racer, key))
        for key in (PATIENCE, TOLERANCE):
            for widget in self._fields[key]:
                widget.setVisible(racer.jog is not None)
        self.rate.setVisible(racer.schedule not in ("constant", ""))
        if self._alone:
            for label, field in self._fields.values():
                label.hide()
                field.hide()

    def show_schedule_alone(self) -> None:
        """From now on without jog and starts: for one training that is not perturbed."""
        self._alone = True

    def show_rate(self, rate: float | None) -> None:
        """The learning rate of the step that is shown."""
        if rate != self._rate:
            self._rate = rate
            self._say_rate()

    def retranslate(self) -> None:
        own = "" in self._titles  # beside which something else may be called a schedule
        self._schedule_label.setText(self.tr("lr schedule") if own else self.tr("schedule"))
        self.schedule.setAccessibleName(self.tr("Schedule of the learning rate"))
        self.schedule.setToolTip(
            self.tr(
                "How the learning rate changes from step to step, as in torch.optim.lr_scheduler:\n"
                "StepLR, CosineAnnealingLR, LinearLR"
            )
        )
        for index in range(self.schedule.count()):
            text = self._titles[self.schedule.itemData(index)]
            self.schedule.setItemText(index, QCoreApplication.translate("racing", text))
        self.schedule.setMinimumWidth(self.schedule.sizeHint().width())
        for key, (text, hint) in self._texts().items():
            label, field = self._fields[key]
            if key in self._hints:
                hint = QCoreApplication.translate("racing", self._hints[key])
            label.setText(text)
            label.setToolTip(hint)
            field.setAccessibleName(text)
            field.set_hint(hint)
        facts = (
            {setting.name: setting for setting in schedules.find(self._shown).settings}
            if (self._shown)
            else {}
        )
        for key, (_, field) in self._settings.items():
            low, high = number_text.write(facts[key].low), number_text.write(facts[key].high)
            field.set_hint(self.tr("From {low} to {high}").format(low=low, high=high))
        self.rate.setToolTip(self.tr("The learning rate of the step that is shown"))
        self._say_rate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            RADIUS: (
                self.tr("jog radius"),
                self.tr(
                    "Jog of weights: when the loss has stabilised, the weights are shifted at\n"
                    "random within this radius and the descent goes on; 0 for never.\n"
                    "A star marks the best point so far."
                ),
            ),
            STARTS: (
                self.tr("starts"),
                self.tr(
                    "Trails of this racer: its own start and further random ones in the view,\n"
                    "decided by the seed. A star marks the best point of all."
                ),
            ),
            PATIENCE: (
                self.tr("patience"),
                self.tr("Steps without a notable fall of the loss until the weights are shaken"),
            ),
            TOLERANCE: (
                self.tr("tolerance"),
                self.tr("A fall is notable from this share of the whole fall since the last shake"),
            ),
        }

    def _say_rate(self) -> None:
        said = "" if self._rate is None else number_text.write(self._rate, digits=4)
        self.rate.setText(self.tr("lr now {rate}").format(rate=said) if said else "")

    def _rebuild(self) -> None:
        """Fields for the settings of the schedule that is shown."""
        for widgets in self._settings.values():
            remove_widgets(self._grid, widgets)
        self._settings.clear()
        if not self._shown:
            return
        schedule = schedules.find(self._shown)
        for place, setting in enumerate(schedule.settings):
            field = NumberField(
                setting.default,
                self,
                minimum=setting.low,
                maximum=setting.high,
                step=10 if setting.name in schedule.whole else 0.05,
                integer=setting.name in schedule.whole,
                logarithmic=setting.logarithmic,
            )
            field.setObjectName(f"{self._workspace}.schedule.{setting.name}.field")
            field.setAccessibleName(setting.name)
            field.value_changed.connect(self._on_value)
            label = QLabel(setting.name, self)
            label.setBuddy(field)
            self._settings[setting.name] = (label, field)
            row, column = divmod(place, self._pairs)
            self._grid.addWidget(label, 1 + row, 2 * column)
            self._grid.addWidget(field, 1 + row, 2 * column + 1)
        self.retranslate()

    def _on_schedule(self, index: int) -> None:
        if self._racer:
            self.schedule_chosen.emit(self._racer, self.schedule.itemData(index))

    @Slot(float)
    def _on_value(self, value: float) -> None:
        for key, (_, field) in (*self._fields.items(), *self._settings.items()):
            if field is self.sender() and self._racer:
                self.value_changed.emit(self._racer, key, value)
                return
