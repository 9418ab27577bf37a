"""The list of layers over the picture: an eye, an opacity and a count for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLocale,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.detection.layers.base import AROUND_CURSOR
from gui.detection.layers.score_scale import Level
from gui.detection.layers.stack import LayerRecord, listed
from gui.widgets.wheel_guard import DoubleClickReset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.detection.pipeline.trace import StageTrace
    from gui.detection.instances import Instance

TOP_CHOICES = (10, 50, 100, 300, 1000)
USUAL_TOP = 1  # of them


class LayerRow(QWidget):
    """One layer's eye, name, count and opacity; below them what only this layer has.

    Signals:
        eye_changed: name, whether it is shown, whether it shall be shown alone.
        opacity_changed: name, 0 to 1.
        choice_changed: name, the index chosen in its combo box.
    """

    eye_changed = Signal(str, bool, bool)
    opacity_changed = Signal(str, float)
    choice_changed = Signal(str, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setObjectName(f"detection.stages.{name}.row")
        self.eye = QToolButton(self)
        self.eye.setObjectName(f"detection.stages.{name}.eye")
        self.eye.setCheckable(True)
        self.eye.setIconSize(QSize(18, 18))
        self.eye.setProperty("role", "eye")
        self.title = QLabel(self)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.count.setFont(theme.tabular(self.count.font()))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setObjectName(f"detection.stages.{name}.opacity")
        self.opacity.setRange(0, 100)
        self.opacity.setValue(100)
        self.opacity.setPageStep(10)
        self.opacity.setFixedWidth(80)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.GAP)
        layout.setVerticalSpacing(4)
        layout.addWidget(self.eye, 0, 0)
        layout.addWidget(self.title, 0, 1)
        layout.addWidget(self.count, 0, 2)
        layout.addWidget(self.opacity, 0, 3)
        layout.setColumnStretch(2, 1)
        self.choice: QComboBox | None = None
        self.eye.clicked.connect(self._clicked)
        self.opacity.valueChanged.connect(self._faded)
        self._reset = DoubleClickReset(self)
        self._reset.watch(self.opacity)
        self._reset.asked.connect(self._on_reset)
        self.set_shown(True)

    def add_choice(self) -> QComboBox:
        """A combo box on a second line."""
        self.choice = QComboBox(self)
        self.choice.setObjectName(f"detection.stages.{self.name}.combo")
        layout = self.layout()
        assert isinstance(layout, QGridLayout)
        self.choice.currentIndexChanged.connect(self._chosen)
        layout.addWidget(self.choice, 1, 1, 1, 3)
        return self.choice

    def add_note(self, widget: QWidget) -> None:
        """Something on a line of its own below the name."""
        layout = self.layout()
        assert isinstance(layout, QGridLayout)
        layout.addWidget(widget, 2, 0, 1, 4)

    def set_shown(self, shown: bool) -> None:
        """Open or close the eye, without a signal."""
        self.eye.setChecked(shown)
        icons.set_icon(self.eye, "eye" if shown else "eye-off", token="text" if shown else "muted")

    def set_available(self, available: bool) -> None:
        """Whether the model has this at all."""
        for widget in (self.eye, self.title, self.opacity):
            widget.setEnabled(available)

    def set_count(self, count: int | None) -> None:
        self.count.setText("–" if count is None else QLocale().toString(count))

    def set_texts(self, title: str, hint: str, eye: str, opacity: str) -> None:
        self.title.setText(title)
        self.title.setToolTip(hint)
        self.eye.setToolTip(eye)
        self.eye.setAccessibleName(f"{title}: {eye}")
        self.opacity.setToolTip(opacity)
        self.opacity.setAccessibleName(f"{title}: {opacity}")

    def _clicked(self, checked: bool) -> None:
        alone = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier)
        self.set_shown(checked or alone)
        self.eye_changed.emit(self.name, checked or alone, alone)

    def _faded(self, percent: int) -> None:
        self.opacity_changed.emit(self.name, percent / 100)

    def _on_reset(self, slider: object) -> None:
        self.opacity.setValue(100)

    def _chosen(self, index: int) -> None:
        self.choice_changed.emit(self.name, index)


class LayersPanel(QWidget):
    """All layers in the order in which the detector makes them.

    Signals:
        eye_changed: name, shown, alone.
        opacity_changed: name, 0 to 1.
        level_changed: index of an anchor level, or AROUND_CURSOR.
        top_changed: a layer's name, how many of its best it draws.
    """

    eye_changed = Signal(str, bool, bool)
    opacity_changed = Signal(str, float)
    level_changed = Signal(int)
    top_changed = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.stages.list")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._records: tuple[LayerRecord, ...] = listed()
        self.rows: dict[str, LayerRow] = {}
        for record in self._records:
            row = LayerRow(record.name, self)
            row.eye_changed.connect(self.eye_changed)
            row.opacity_changed.connect(self.opacity_changed)
            row.choice_changed.connect(self._chose)
            self.rows[record.name] = row
            layout.addWidget(row)
        layout.addStretch(1)
        self._levels: Sequence[Level] = ()
        self.choices = {
            record.name: (record.choice, self.rows[record.name].add_choice())
            for record in self._records
            if record.choice is not None
        }
        self.retranslate()

    def set_levels(self, levels: Sequence[Level]) -> None:
        """The anchor levels to choose from."""
        self._levels = levels
        self._fill_levels()

    def set_results(self, trace: StageTrace | None, shown: Sequence[Instance]) -> None:
        """How many there are of each; a layer that the model lacks is greyed."""
        for record in self._records:
            row = self.rows[record.name]
            if record.count is None:
                continue
            if trace is None:
                row.set_count(None)
                row.set_available(True)
                continue
            count = record.count(trace, shown)
            row.set_count(count)
            row.set_available(count is not None)

    def set_count(self, name: str, count: int | None) -> None:
        """How many there are of what no record counts; None, and a grey row, for nothing."""
        self.rows[name].set_count(count)
        self.rows[name].set_available(count is not None)

    def set_shown(self, name: str, shown: bool) -> None:
        self.rows[name].set_shown(shown)

    def set_opacity(self, name: str, opacity: float) -> None:
        self.rows[name].opacity.setValue(round(opacity * 100))

    def set_level(self, level: int) -> None:
        for combo in self._combos("level").values():
            combo.setCurrentIndex(level + 1)

    def tops(self) -> dict[str, int]:
        """How many of its best each layer draws that lets one choose it."""
        return {
            name: TOP_CHOICES[combo.currentIndex()] for name, combo in self._combos("best").items()
        }

    def set_top(self, name: str, top: int) -> None:
        if top in TOP_CHOICES:
            self._combos("best")[name].setCurrentIndex(TOP_CHOICES.index(top))

    def _combos(self, of: str) -> dict[str, QComboBox]:
        return {name: combo for name, (choice, combo) in self.choices.items() if choice.of == of}

    def _fill_levels(self) -> None:
        for combo in self._combos("level").values():
            chosen = combo.currentIndex()
            with QSignalBlocker(combo):
                combo.clear()
                combo.addItem(self.tr("Around the cursor"))
                for level in self._levels:
                    text = self.tr("Stride {stride}: {count}")
                    count = QLocale().toString(level.count)
                    combo.addItem(text.format(stride=level.stride[0], count=count))
                kept = chosen if 0 <= chosen < combo.count() else 0
                combo.setCurrentIndex(kept)
            if kept != chosen:
                self.level_changed.emit(kept - 1)

    def _fill_tops(self) -> None:
        for combo in self._combos("best").values():
            chosen = combo.currentIndex()
            with QSignalBlocker(combo):
                combo.clear()
                for top in TOP_CHOICES:
                    combo.addItem(self.tr("Best {count}").format(count=QLocale().toString(top)))
                combo.setCurrentIndex(chosen if chosen >= 0 else USUAL_TOP)

    def _chose(self, name: str, index: int) -> None:
        choice, _ = self.choices[name]
        if choice.of == "level":
            self.level_changed.emit(index - 1 if index > 0 else AROUND_CURSOR)
        else:
            self.top_changed.emit(name, TOP_CHOICES[index])

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        for record in self._records:
            eye = self.tr("Show or hide ({key}); Alt+click shows it alone").format(key=record.key)
            self.rows[record.name].set_texts(
                translate("layers", record.title),
                translate("layers", record.hint),
                eye if record.key else self.tr("Show or hide; Alt+click shows it alone"),
                self.tr("Opacity"),
            )
        for choice, combo in self.choices.values():
            combo.setAccessibleName(translate("layers", choice.title))
            combo.setToolTip(translate("layers", choice.hint))
        self._fill_levels()
        self._fill_tops()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
