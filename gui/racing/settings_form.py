"""The chosen optimizer's other settings: a field for each number, a tick for each switch."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from engine.optimizers import registry as optimizers
from engine.optimizers.base import Setting
from gui import number_text
from gui.racing.entries import Entry
from gui.widgets.number_field import NumberField
from gui.widgets.removal import remove_widgets

IN_TABLE = ("lr", "momentum")  # these have columns of their own
COLUMNS = 2
LONGEST_NAME = 12  # longer names have a row of their own


class SettingsForm(QWidget):
    """Fields under torch's own argument names, which are the same in every language.

    Signals:
        setting_changed: racer, key and value.
    """

    setting_changed = Signal(str, str, float)

    def __init__(
        self,
        workspace: str,
        parent: QWidget | None = None,
        *,
        elsewhere: tuple[str, ...] = IN_TABLE,
        columns: int = COLUMNS,
    ) -> None:
        """
        Args:
            workspace: its name, with which the object names begin.
            elsewhere: settings that are set in another place.
            columns: of label and field.
        """
        super().__init__(parent)
        self._workspace, self._elsewhere, self._columns = workspace, elsewhere, columns
        self._racer = ""
        self._optimizer = ""
        self._controls: dict[str, NumberField | QCheckBox] = {}
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)

    def show_entry(self, entry: Entry | None, settings: Mapping[str, float]) -> None:
        """Show every setting of an entry as it runs; asks for nothing."""
        optimizer = entry.racer.optimizer if entry is not None else ""
        if optimizer != self._optimizer:
            self._optimizer = optimizer
            self._rebuild(optimizer)
        self._racer = entry.racer.name if entry is not None else ""
        if entry is None:
            return
        for key, control in self._controls.items():
            with QSignalBlocker(control):
                if isinstance(control, NumberField):
                    control.set_value(settings[key])
                else:
                    control.setChecked(bool(settings[key]))

    def _rebuild(self, optimizer: str) -> None:
        remove_widgets(self._grid, (*self._labels, *self._controls.values()))
        self._labels.clear()
        self._controls.clear()
        settings = optimizers.find(optimizer).settings if optimizer else ()
        rest = [setting for setting in settings if setting.name not in self._elsewhere]
        place = 0
        for setting in rest:
            wide = self._columns > 1 and len(setting.name) > LONGEST_NAME
            if wide:
                place += place % self._columns
            row, column = divmod(place, self._columns)
            place += self._columns if wide else 1
            control = self._control(setting)
            control.setObjectName(f"{self._workspace}.setting.{setting.name}.field")
            control.setAccessibleName(setting.name)
            self._controls[setting.name] = control
            if isinstance(control, QCheckBox):
                self._grid.addWidget(control, row, 2 * column, 1, 2)
                continue
            label = QLabel(setting.name, self)
            label.setBuddy(control)
            self._labels.append(label)
            self._grid.addWidget(label, row, 2 * column, 1, 3 if wide else 1)
            self._grid.addWidget(control, row, 3 if wide else 2 * column + 1)
        self.retranslate()

    def _control(self, setting: Setting) -> NumberField | QCheckBox:
        if setting.flag:
            box = QCheckBox(setting.name, self)
            box.toggled.connect(self._on_toggled)
            return box
        field = NumberField(
            setting.default,
            self,
            minimum=setting.low,
            maximum=setting.high,
            step=0.05,
            logarithmic=setting.logarithmic,
        )
        field.value_changed.connect(self._on_value)
        return field

    @Slot(float)
    def _on_value(self, value: float) -> None:
        self._tell(value)

    @Slot(bool)
    def _on_toggled(self, checked: bool) -> None:
        self._tell(float(checked))

    def _tell(self, value: float) -> None:
        for key, control in self._controls.items():
            if control is self.sender():
                self.setting_changed.emit(self._racer, key, value)

    def retranslate(self) -> None:
        facts = (
            {s.name: s for s in optimizers.find(self._optimizer).settings}
            if self._optimizer
            else {}
        )
        for key, control in self._controls.items():
            if isinstance(control, NumberField):
                control.set_hint(
                    self.tr("From {low} to {high}").format(
                        low=number_text.write(facts[key].low),
                        high=number_text.write(facts[key].high),
                    )
                )
            else:
                control.setToolTip(self.tr("Switch {name} on or off").format(name=key))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
