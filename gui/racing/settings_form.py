"""The chosen optimizer's other settings: a field for each number, a tick for each switch."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from engine.optimizers import registry as optimizers
from gui import number_text
from gui.racing.entries import Entry
from gui.widgets.number_field import NumberField

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
        self._fields: list[tuple[QLabel, NumberField]] = []  # all there are, shown or not
        self._boxes: list[QCheckBox] = []
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
        """Give every setting a control; those that stand serve again, as new ones are slow:
        each is dressed and laid out anew, which the window's tick would feel."""
        self._put_away()
        settings = optimizers.find(optimizer).settings if optimizer else ()
        rest = [setting for setting in settings if setting.name not in self._elsewhere]
        place, fields, boxes = 0, iter(self._fields), iter(self._boxes)
        last: QWidget | None = None
        for setting in rest:
            wide = self._columns > 1 and len(setting.name) > LONGEST_NAME
            if wide:
                place += place % self._columns
            row, column = divmod(place, self._columns)
            place += self._columns if wide else 1
            control: NumberField | QCheckBox
            if setting.flag:
                control = next(boxes, None) or self._new_box()
                control.setText(setting.name)
                self._grid.addWidget(control, row, 2 * column, 1, 2)
            else:
                label, control = next(fields, None) or self._new_field()
                label.setText(setting.name)
                label.show()
                control.set_range(setting.low, setting.high)
                control.set_logarithmic(setting.logarithmic)
                self._grid.addWidget(label, row, 2 * column, 1, 3 if wide else 1)
                self._grid.addWidget(control, row, 3 if wide else 2 * column + 1)
            control.setObjectName(f"{self._workspace}.setting.{setting.name}.field")
            control.setAccessibleName(setting.name)
            control.show()
            self._controls[setting.name] = control
            if last is not None:
                QWidget.setTabOrder(last, control)
            last = control
        self.retranslate()

    def _put_away(self) -> None:
        """Take all controls out of the form; none passes its focus on or says anything more.

        One that is left would take a half typed number, for a form of another racer.
        """
        self._controls.clear()
        for label, field in self._fields:
            self._grid.removeWidget(label)
            label.hide()
            self._put_control_away(field)
            with QSignalBlocker(field):
                field.set_value(field.value())
        for box in self._boxes:
            self._put_control_away(box)

    def _put_control_away(self, control: QWidget) -> None:
        self._grid.removeWidget(control)
        with QSignalBlocker(control):
            control.clearFocus()
            control.hide()
        control.setObjectName("")

    def _new_box(self) -> QCheckBox:
        box = QCheckBox(self)
        box.toggled.connect(self._on_toggled)
        self._boxes.append(box)
        return box

    def _new_field(self) -> tuple[QLabel, NumberField]:
        label, field = QLabel(self), NumberField(0.0, self, step=0.05)
        label.setBuddy(field)
        field.value_changed.connect(self._on_value)
        self._fields.append((label, field))
        return label, field

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
