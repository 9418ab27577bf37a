"""The part of the export dialog that says how an annotated picture looks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QWidget,
)

from engine.export.picture.layers.registry import layer_names, opacity_of, with_opacity
from engine.export.picture.style import LABEL_PARTS, MASKS, PALETTES, Style
from gui import theme
from gui.detection.export.choices import (
    MASK_TEXTS,
    MAX_LINE,
    PALETTE_TEXTS,
    PART_TEXTS,
    Choices,
)
from gui.detection.layers.stack import exported


class ExportLook(QWidget):
    """Palette, lines, masks, labels, and a row a layer with its opacity.

    Signals:
        changed: anything of it.
    """

    changed = Signal()

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style = choices.style
        self._titles = {name: QLabel(self) for name in ("palette", "line", "mask", "label")}
        self.palette_combo = self._combo("palette", tuple(PALETTES), style.palette)
        self.by_class = self._check("by_class", style.by_class)
        self.line = QSlider(Qt.Orientation.Horizontal, self)
        self.line.setObjectName("detection.export.line.slider")
        self.line.setRange(0, MAX_LINE)  # 0: as wide as the picture's size suggests
        self.line.setValue(style.line_width or 0)
        self.line_value = QLabel(self)
        self.line_value.setFont(theme.tabular(self.line_value.font()))
        self.line_value.setMinimumWidth(56)
        self.mask_combo = self._combo("mask", MASKS, style.mask)
        self.skeleton = self._check("skeleton", style.skeleton)
        self.parts = {
            name: self._check(f"label.{name}", name in style.label) for name in PART_TEXTS
        }
        names = [record.exported for record in exported()]
        asked = layer_names()
        self.layers = {
            name: self._check(f"layer.{name}", name in choices.layers)
            for name in names
            if name in asked
        }
        # What is drawn with another layer has an opacity alone.
        self._layer_titles = {name: QLabel(self) for name in names if name not in asked}
        self._usual = with_opacity()
        self.opacities = {name: self._opacity(name, style) for name in names if name in self._usual}
        self._lay_out()
        self.line.valueChanged.connect(self._tell)
        self.retranslate()

    def _combo(self, name: str, values: tuple[str, ...], chosen: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(f"detection.export.{name}.combo")
        for value in values:
            combo.addItem(value, value)
        combo.setCurrentIndex(combo.findData(chosen))
        combo.currentIndexChanged.connect(self._tell)
        return combo

    def _check(self, name: str, checked: bool) -> QCheckBox:
        check = QCheckBox(self)
        check.setObjectName(f"detection.export.{name}.check")
        check.setChecked(checked)
        check.toggled.connect(self._tell)
        return check

    def _opacity(self, name: str, style: Style) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(f"detection.export.opacity.{name}.slider")
        slider.setRange(0, 100)
        slider.setPageStep(10)
        slider.setMinimumWidth(96)
        slider.setValue(round(100 * opacity_of(name, style)))
        slider.valueChanged.connect(self._tell)
        return slider

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP)
        line = QHBoxLayout()
        line.addWidget(self.line, 1)
        line.addWidget(self.line_value)
        parts = QHBoxLayout()
        for part in self.parts.values():
            parts.addWidget(part)
        parts.addStretch(1)
        rows: tuple[tuple[QLabel | None, QWidget | QHBoxLayout], ...] = (
            (self._titles["palette"], self.palette_combo),
            (None, self.by_class),
            (self._titles["line"], line),
            (self._titles["mask"], self.mask_combo),
            (self._titles["label"], parts),
            (None, self.skeleton),
        )
        for row, (title, field) in enumerate(rows):
            if title is not None:
                grid.addWidget(title, row, 0)
            if isinstance(field, QHBoxLayout):
                grid.addLayout(field, row, 1)
            else:
                grid.addWidget(field, row, 1)
        first = len(rows)
        grid.setRowMinimumHeight(first, theme.GAP)
        fields: dict[str, QWidget] = {**self.layers, **self._layer_titles}
        for row, record in enumerate(exported(), first + 1):
            name = record.exported
            grid.addWidget(fields[name], row, 0)
            if name in self.opacities:
                grid.addWidget(self.opacities[name], row, 1)
        grid.setColumnStretch(1, 1)

    def style_chosen(self) -> Style:
        """How the picture shall look."""
        opacities = tuple(
            (name, slider.value() / 100)
            for name, slider in self.opacities.items()
            if slider.value() != round(100 * self._usual[name])
        )
        return Style(
            palette=self.palette_combo.currentData(),
            by_class=self.by_class.isChecked(),
            line_width=self.line.value() or None,
            mask=self.mask_combo.currentData(),
            label=tuple(name for name in LABEL_PARTS if self.parts[name].isChecked()),
            skeleton=self.skeleton.isChecked(),
            opacities=opacities,
        )

    def layers_chosen(self) -> tuple[str, ...]:
        """What the picture shall show."""
        return tuple(name for name, check in self.layers.items() if check.isChecked())

    def _tell(self) -> None:
        self._show_line()
        self.changed.emit()

    def _show_line(self) -> None:
        width = self.line.value()
        number = QLocale().toString(width)
        self.line_value.setText(
            self.tr("{width} px").format(width=number) if width else self.tr("auto")
        )

    def retranslate(self) -> None:
        self._titles["palette"].setText(self.tr("Colours"))
        self.palette_combo.setToolTip(self.tr("The colours of the detections, in turn"))
        self.by_class.setText(self.tr("one colour a class"))
        self.by_class.setToolTip(self.tr("Otherwise each detection has its own"))
        self._titles["line"].setText(self.tr("Line width"))
        self.line.setToolTip(self.tr("In pixels of the picture; at the left end by its size"))
        self._titles["mask"].setText(self.tr("Masks"))
        self.mask_combo.setToolTip(self.tr("A filling, the line around it, or both"))
        self._titles["label"].setText(self.tr("Label"))
        self.skeleton.setText(self.tr("skeleton"))
        self.skeleton.setToolTip(self.tr("Lines between the keypoints"))
        for combo, texts in ((self.palette_combo, PALETTE_TEXTS), (self.mask_combo, MASK_TEXTS)):
            for index in range(combo.count()):
                combo.setItemText(index, _detection(texts[combo.itemData(index)]))
        for name, part in self.parts.items():
            part.setText(_detection(PART_TEXTS[name]))
            part.setToolTip(self.tr("What the plate at each box says"))
        titles = {
            record.exported: QCoreApplication.translate("layers", record.title)
            for record in exported()
        }
        for name, check in self.layers.items():
            check.setText(titles[name])
            check.setToolTip(self.tr("Draw this layer"))
        for name, label in self._layer_titles.items():
            label.setText(titles[name])
        for name, slider in self.opacities.items():
            title = titles[name]
            slider.setAccessibleName(self.tr("Opacity: {layer}").format(layer=title))
            slider.setToolTip(self.tr("How strongly this layer is drawn"))
        names = (
            (self.palette_combo, "palette"),
            (self.line, "line"),
            (self.mask_combo, "mask"),
        )
        for widget, name in names:
            widget.setAccessibleName(self._titles[name].text())
            self._titles[name].setBuddy(widget)
        self._show_line()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _detection(text: str) -> str:
    return QCoreApplication.translate("detection", text)
