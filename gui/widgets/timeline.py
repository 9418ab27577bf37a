"""Play, pause, step and scrub: the bar under everything that moves in steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from gui import icons, theme

LARGE_STEP = 10
NARROW_PX = 560  # below it the word on the play button makes way for the slider


class TimeSlider(QSlider):
    """A slider over steps that jumps to where it is pressed and shows what is computed.

    Left and Right go one step, with Shift ten; Home and End to the first and last.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._computed = 0
        self.setPageStep(LARGE_STEP)

    def set_computed(self, step: int) -> None:
        """The last step that can be shown at once."""
        if step != self._computed:
            self._computed = step
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys without a letter are the same on every keyboard layout.
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is not None and shift:
            self.setValue(self.value() + way * LARGE_STEP)
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._step_at(event.position()))
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._step_at(event.position()))
            event.accept()
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.maximum() <= 0 or self._computed <= self.value():
            return
        # A thin bright line from the handle to the last computed step.
        left, right = self._x_of(self.value()) + 8, self._x_of(min(self._computed, self.maximum()))
        if right > left:
            painter = QPainter(self)
            painter.fillRect(
                QRectF(left, self.height() / 2 - 1, right - left, 2), theme.current().color("muted")
            )
            painter.end()

    def _track(self) -> tuple[float, float]:
        """First and last place of the handle's middle."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        half = handle.width() / 2
        return half, self.width() - half

    def _x_of(self, step: int) -> float:
        first, last = self._track()
        return first + (last - first) * step / max(1, self.maximum())

    def _step_at(self, place: QPointF) -> int:
        first, last = self._track()
        share = (place.x() - first) / max(1.0, last - first)
        return round(min(1.0, max(0.0, share)) * self.maximum())


class Timeline(QWidget):
    """The bar; it shows what it is told and asks for what is pressed.

    Signals:
        play_pressed: play, or pause while it plays.
        reset_pressed: back to the beginning.
        stepped: so many steps on, or back when negative.
        sought: the step that the user points at.
        speed_chosen: steps a second.
    """

    play_pressed = Signal()
    reset_pressed = Signal()
    stepped = Signal(int)
    sought = Signal(int)
    speed_chosen = Signal(int)

    def __init__(
        self, name: str, speeds: Sequence[int], speed: int, parent: QWidget | None = None
    ) -> None:
        """Make a bar.

        Args:
            name: first part of the controls' object names, such as "descent".
            speeds: what can be chosen, in steps a second.
            speed: the first choice.
        """
        super().__init__(parent)
        self._playing = False
        self._step = 0
        self._total = 0
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reset = self._button(f"{name}.reset.button", "to-start", self.reset_pressed)
        self.back = self._button(f"{name}.back.button", "step-back", self._go_back)
        self.play = QPushButton(self)
        self.play.setObjectName(f"{name}.play.button")
        self.play.setProperty("role", "primary")
        self.play.clicked.connect(self.play_pressed)
        self.forward = self._button(f"{name}.step.button", "step", self._go_on)
        self.slider = TimeSlider(self)
        self.slider.setObjectName(f"{name}.timeline.slider")
        self.slider.valueChanged.connect(self.sought)
        self.count = QLabel(self)
        self.count.setObjectName(f"{name}.step.label")
        self.count.setFont(theme.tabular(self.count.font()))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.speed = QComboBox(self)
        self.speed.setObjectName(f"{name}.speed.combo")
        for value in speeds:
            self.speed.addItem("", value)
        self.speed.setCurrentIndex(list(speeds).index(speed))
        self.speed.currentIndexChanged.connect(self._choose_speed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, theme.GAP)
        row.setSpacing(4)
        for widget in (self.reset, self.back, self.play, self.forward):
            row.addWidget(widget)
        row.addSpacing(theme.GAP)
        row.addWidget(self.slider, 1)
        row.addSpacing(theme.GAP)
        row.addWidget(self.count)
        row.addSpacing(theme.GAP)
        row.addWidget(self.speed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_playing(False)
        self.retranslate()

    def set_total(self, total: int) -> None:
        """The last step there is."""
        self._total = total
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, total)
        self._count_width()
        self.set_step(min(self._step, total))

    def set_step(self, step: int) -> None:
        """Show a step; asks for nothing."""
        self._step = step
        with QSignalBlocker(self.slider):
            self.slider.setValue(step)
        self._show_count()

    def set_computed(self, step: int) -> None:
        self.slider.set_computed(step)

    def set_playing(self, playing: bool) -> None:
        self._playing = playing
        icons.set_icon(self.play, "pause" if playing else "play", token="on_accent")
        self._name_play()

    def set_speed(self, speed: int) -> None:
        """Show a speed; asks for nothing."""
        with QSignalBlocker(self.speed):
            self.speed.setCurrentIndex(self.speed.findData(speed))

    @Slot()
    def _go_on(self) -> None:
        self.stepped.emit(1)

    @Slot()
    def _go_back(self) -> None:
        self.stepped.emit(-1)

    @Slot(int)
    def _choose_speed(self, index: int) -> None:
        self.speed_chosen.emit(self.speed.itemData(index))

    def _button(self, name: str, icon: str, pressed: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.set_icon(button, icon)
        button.clicked.connect(pressed)
        return button

    def _show_count(self) -> None:
        self.count.setText(
            self.tr("step {step} / {total}").format(step=self._step, total=self._total)
        )

    def _count_width(self) -> None:
        """Room for the longest count, so that nothing moves while it counts."""
        widest = self.tr("step {step} / {total}").format(step=self._total, total=self._total)
        self.count.setFixedWidth(self.count.fontMetrics().horizontalAdvance(widest) + 8)

    def _name_play(self) -> None:
        text = self.tr("Pause") if self._playing else self.tr("Play")
        narrow = self.width() < NARROW_PX
        self.play.setText("" if narrow else text)
        self.play.ensurePolished()  # the style sheet has a say in the font
        metrics = self.play.fontMetrics()
        words = (self.tr("Pause"), self.tr("Play"))
        room = 0 if narrow else max(metrics.horizontalAdvance(word) for word in words) + 20
        self.play.setFixedWidth(44 + room)
        self.play.setAccessibleName(text)

    def retranslate(self) -> None:
        for button, name, keys in (
            (self.reset, self.tr("Back to the start"), "R"),
            (self.back, self.tr("One step back"), "←"),
            (self.forward, self.tr("One step on"), "→"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({keys})")
        self.play.setToolTip(self.tr("Play or pause (Space or K on the picture)"))
        self.slider.setAccessibleName(self.tr("Step"))
        self.slider.setToolTip(
            self.tr("Drag to go back and forth in time (← →, with Shift ten steps, Home, End)")
        )
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Speed; slower [ and faster ] on the picture"))
        for index in range(self.speed.count()):
            text = self.tr("{n} steps/s").format(n=self.speed.itemData(index))
            self.speed.setItemText(index, text)
        self._name_play()
        self._count_width()
        self._show_count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() < NARROW_PX) != (event.oldSize().width() < NARROW_PX):
            self._name_play()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
