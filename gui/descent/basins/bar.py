"""Over the map: sliders for the chosen racer's rate and momenta, and who is compared."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (  # fmt: skip
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from engine.optimizers import registry as optimizers
from gui import number_text, theme
from gui.descent.basins.image import OUTCOME_COLORS
from gui.widgets.wheel_guard import DoubleClickReset

LOWEST, HIGHEST = -6.0, 1.0  # decades of the learning rate
TICKS = 1000
MOST_MOMENTUM = 0.999
DRAGGED = ("momentum", "beta1", "beta2", "alpha", "rho")  # in the order of the sliders
MEANS = ("beta2", "alpha", "rho")  # their sliders are even in how many steps they remember
DECADES = 4.0  # of that many
DIGITS = 3
PAUSE_MS = 25  # a hand moves more often than anything can be shown
MOST = 256 * 256  # starts that can be counted


class SteadyLabel(QLabel):
    """As high as its longest text needs, so that the map beside it never changes its size."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._longest = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def reserve(self, longest: str) -> None:
        """Keep room for this text."""
        self._longest = longest
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        page = QTextDocument()
        page.setDocumentMargin(0)
        page.setDefaultFont(self.font())
        page.setHtml(self._longest)
        page.setTextWidth(max(60, self.width()))
        height = math.ceil(page.size().height()) + 2
        if height != self.minimumHeight():
            self.setFixedHeight(height)


class BasinBar(QWidget):
    """Sliders, and in a comparison the rival and how many starts end how.

    Signals:
        dragged: the setting's key, its value, and the stage (1 a drag's first, 0 further,
            2 last; 3 a step by key or wheel).
        rival_chosen: a racer's name.
        reset_wanted: the setting's key; a double click.
        approached: the mouse has come over the sliders.
    """

    dragged = Signal(str, float, int)
    reset_wanted = Signal(str)
    approached = Signal()
    rival_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.basins.bar")
        self._keys = ("momentum", "")  # of the second slider and of the third
        self._first_move = False
        self._late: QSlider | None = None  # moved since the last value was passed on
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self._values: tuple[float, ...] = (0.0, 0.0, 0.0)
        self._counts: tuple[int, ...] = ()
        self._reset = DoubleClickReset(self)
        self._reset.asked.connect(self._on_reset)
        self.rate = self._slider("descent.basins.lr.slider")
        self.momentum = self._slider("descent.basins.momentum.slider")
        self.third = self._slider("descent.basins.third.slider")
        self._rate_label, self._momentum_label, self._third_label = (QLabel(self) for _ in "123")
        for label, name in (
            (self._rate_label, "lr"),
            (self._momentum_label, "momentum"),
            (self._third_label, "third"),
        ):
            label.setObjectName(f"descent.basins.{name}.label")
            label.setFont(theme.tabular(label.font()))
        self._against = QLabel(self)
        self._against.setObjectName("descent.basins.rival.label")
        self.rival = QComboBox(self)
        self.rival.setObjectName("descent.basins.rival.combo")
        self.rival.currentIndexChanged.connect(self._on_rival)
        self.counts = SteadyLabel(self)
        self.counts.setObjectName("descent.basins.counts.label")
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        for label, slider in (
            (self._rate_label, self.rate),
            (self._momentum_label, self.momentum),
            (self._third_label, self.third),
        ):
            top.addWidget(label)
            top.addWidget(slider, 1)
        self._compared = QWidget(self)
        below = QHBoxLayout(self._compared)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.GAP)
        below.addWidget(self._against)
        below.addWidget(self.rival)
        below.addWidget(self.counts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._compared)
        self._compared.hide()
        theme.notifier().changed.connect(self._say_counts)
        self.retranslate()

    def show_settings(self, settings: Mapping[str, float]) -> None:
        """Show the chosen racer's numbers: its learning rate, and those of `slider_keys`.

        Asks for nothing.
        """
        (_, rate), *rest = settings.items()
        pairs = [*rest, ("", 0.0), ("", 0.0)][:2]
        self._keys = pairs[0][0], pairs[1][0]
        self._values = rate, pairs[0][1], pairs[1][1]
        ticks = TICKS * (math.log10(max(rate, 1e-12)) - LOWEST) / (HIGHEST - LOWEST)
        self._place(self.rate, ticks)
        for slider, (key, value) in zip((self.momentum, self.third), pairs, strict=True):
            self._place(slider, TICKS * share_of(key, value))
            slider.setEnabled(bool(key))
        for widget in (self.third, self._third_label):
            widget.setVisible(bool(self._keys[1]))
        self._say_values()

    def set_scale(self, factor: float) -> None:
        """Larger numbers for the lecture hall."""
        for label in (self._rate_label, self._momentum_label, self._third_label):
            font = theme.tabular(self.font())
            font.setPixelSize(round(self.font().pixelSize() * factor))
            label.setFont(font)
        self._say_values()

    def show_rivals(self, racers: Sequence[tuple[str, str]], name: str) -> None:
        """Names and titles of the racers to compare with, and the one that is; none hides them."""
        self._compared.setVisible(bool(racers))
        with QSignalBlocker(self.rival):
            self.rival.clear()
            for key, title in racers:
                self.rival.addItem(title, key)
            self.rival.setCurrentIndex(max(0, self.rival.findData(name)))

    def show_counts(self, counts: Sequence[int]) -> None:
        """Of `engine.descent.maps.basin_difference`; nothing when empty."""
        self._counts = tuple(counts)
        self._say_counts()

    def retranslate(self) -> None:
        self.rate.setAccessibleName(self.tr("Learning rate of the chosen optimizer"))
        self.momentum.setAccessibleName(self.tr("Momentum of the chosen optimizer"))
        self.third.setAccessibleName(self.tr("Memory of squares of the chosen optimizer"))
        tip = self.tr("Drag: the path follows at once, and basins are recoloured")
        for slider in (self.rate, self.momentum, self.third):
            slider.setToolTip(tip)
        self._against.setText(self.tr("against"))
        self.rival.setAccessibleName(self.tr("Whom the chosen optimizer is compared with"))
        self.rival.setToolTip(self.tr("Whom the chosen optimizer is compared with"))
        self._say_values()
        self._say_counts()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.approached.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _slider(self, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(name)
        slider.setRange(0, TICKS)
        slider.setSingleStep(TICKS // 100)
        slider.setPageStep(TICKS // 20)
        slider.setMinimumWidth(60)
        slider.sliderPressed.connect(self._on_pressed)
        slider.valueChanged.connect(self._on_moved)
        slider.sliderReleased.connect(self._on_released)
        self._reset.watch(slider)
        return slider

    def _place(self, slider: QSlider, ticks: float) -> None:
        if slider.isSliderDown():
            return  # the hand knows better
        with QSignalBlocker(slider):
            slider.setValue(round(min(max(ticks, 0), TICKS)))

    def _say_values(self) -> None:
        labels = (self._rate_label, self._momentum_label, self._third_label)
        for label, key, value in zip(labels, ("lr", *self._keys), self._values, strict=True):
            written = number_text.write(float(f"{value:.{DIGITS}g}"))
            label.setText(f"{key} {written}" if key else self.tr("no momentum"))
            # Reserved room: the sliders stay where they are while the numbers change.
            longest = f"{key or 'momentum'} {'0.00012' if key == 'lr' else '0.0000'}"
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(longest))

    def _say_counts(self) -> None:
        self.counts.reserve(self._written((MOST,) * (len(OUTCOME_COLORS) + 1)))
        self.counts.setText(self._written(self._counts))

    def _written(self, counts: Sequence[int]) -> str:
        if not counts:
            return ""
        colors = (*OUTCOME_COLORS, theme.current().raised)
        words = (
            self.tr("same {count}"),
            self.tr("differ {count}"),
            self.tr("first alone {count}"),
            self.tr("second alone {count}"),
            self.tr("neither {count}"),
        )
        parts = []
        for color, word, count in zip(colors, words, counts, strict=True):
            written = word.format(count=QLocale().toString(count)).replace(" ", "&nbsp;")
            parts.append(f"<span style='color:{color}'>■</span>&nbsp;{written}")
        return "&nbsp; ".join(parts)

    def _value(self, slider: QSlider) -> tuple[str, float]:
        share = slider.value() / TICKS
        if slider is self.rate:
            return "lr", float(f"{10 ** (LOWEST + share * (HIGHEST - LOWEST)):.2g}")
        key = self._keys[slider is self.third]
        return key, value_at(key, share)

    def _on_reset(self, slider: QSlider) -> None:
        self.reset_wanted.emit(self._value(slider)[0])

    def _on_pressed(self) -> None:
        self._first_move = True
        self._pause.stop()

    def _on_moved(self, _: int) -> None:
        slider = self.sender()
        if not isinstance(slider, QSlider):
            return
        if slider.isSliderDown() and self._pause.isActive():
            self._late = slider
            return
        stage = 3 if not slider.isSliderDown() else int(self._first_move)
        self._first_move = False
        self._pause.start()
        self.dragged.emit(*self._value(slider), stage)

    def _on_pause(self) -> None:
        slider, self._late = self._late, None
        if slider is not None and slider.isSliderDown():
            self._pause.start()
            self.dragged.emit(*self._value(slider), 0)

    def _on_released(self) -> None:
        slider, self._late = self.sender(), None
        if isinstance(slider, QSlider) and not self._first_move:
            self.dragged.emit(*self._value(slider), 2)

    def _on_rival(self, index: int) -> None:
        self.rival_chosen.emit(self.rival.itemData(index))


def slider_keys(optimizer: str) -> tuple[str, ...]:
    """The learning rate and up to two settings that a hand may drag."""
    known = optimizers.find(optimizer).defaults
    return ("lr", *[key for key in DRAGGED if key in known][:2])


def share_of(key: str, value: float) -> float:
    """Where on its slider a value lies, from 0 to 1."""
    if key in MEANS:
        return -math.log10(max(1 - value, 1e-12)) / DECADES
    return value / MOST_MOMENTUM


def value_at(key: str, share: float) -> float:
    """The value at a share of a slider, with few digits."""
    if key in MEANS:
        # Of the mean over 10, 100, 1000 steps the same way on the slider.
        return 1 - float(f"{10 ** (-DECADES * share):.2g}")
    return float(f"{share * MOST_MOMENTUM:.{DIGITS}g}")
