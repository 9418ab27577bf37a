"""How training pictures are varied: a field for each setting that the engine knows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.training.augmentation import Setting, Value, complete, settings
from gui.widgets.number_field import NumberField

HEADING_PX = 28  # as the heading of the form above
WIDE = 2.0  # a range of more than this is stepped 1, 2, 5, 10


class AugmentationForm(QWidget):
    """The settings of `engine.training.augmentation.AUGMENTATIONS`, in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings()
        self._heading = QLabel(self)
        self._heading.setFixedHeight(HEADING_PX)
        self._heading.setProperty("role", "section")
        self._labels: dict[str, QLabel] = {}
        self.fields: dict[str, tuple[NumberField, ...]] = {}
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, setting in self._settings.items():
            self._labels[name] = QLabel(self)
            self.fields[name] = self._make_fields(setting)
            row = QHBoxLayout()
            row.setSpacing(8)
            for field in self.fields[name]:
                row.addWidget(field, 1)
            form.addRow(self._labels[name], row)
            self._labels[name].setBuddy(self.fields[name][0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(form)
        self.retranslate()

    def _make_fields(self, setting: Setting) -> tuple[NumberField, ...]:
        pair = isinstance(setting.default, tuple)
        fields = []
        for end in ("low.", "high.") if pair else ("",):
            field = NumberField(
                setting.low,
                self,
                minimum=setting.low,
                maximum=setting.high,
                step=0.05,
                logarithmic=setting.high - setting.low > WIDE,
            )
            field.setObjectName(f"training.{setting.name}.{end}field")
            fields.append(field)
        _show(tuple(fields), setting.default)
        return tuple(fields)

    def values(self) -> dict[str, Value]:
        """Of every setting, as a spec has them."""
        return {
            name: fields[0].value() if len(fields) == 1 else (fields[0].value(), fields[1].value())
            for name, fields in self.fields.items()
        }

    def set_values(self, values: dict[str, Value]) -> None:
        """Show these, and the defaults of the others."""
        for name, value in complete(values).items():
            if name in self.fields:
                _show(self.fields[name], value)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("AUGMENTATION"))
        for name, setting in self._settings.items():
            title = QCoreApplication.translate("engine", setting.title)
            self._labels[name].setText(title)
            for field in self.fields[name]:
                field.setAccessibleName(title)
                field.set_hint(QCoreApplication.translate("engine", setting.hint))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _show(fields: tuple[NumberField, ...], value: Value) -> None:
    for field, number in zip(fields, value if isinstance(value, tuple) else (value,), strict=True):
        field.set_value(number)
