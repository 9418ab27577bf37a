"""The architecture over the workspace: backbone, RPN, head, the time of each, a click for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.detection.stages.registry import FAMILIES, NAMES, PARTS, STAGES, Stage, added, has
from gui.widgets.fact_table import figure, whole

if TYPE_CHECKING:
    from engine.detection.pipeline.selection import Selection
    from engine.detection.pipeline.trace import StageTrace


BUTTON_PX, BAR_PX = 12, 3
TEXT_GAP = 8  # px beside a button's text, its frame among them
TIGHT = "QToolButton { padding: 4px 1px; } QToolButton:focus { padding: 3px 0; }"


class PipelineBar(QFrame):
    """A button for each stage, in the order in which the network works.

    Signals:
        stage_chosen: a stage's name; empty when the chosen one was clicked again.
        network_wanted: the network drawn, or the picture again.
    """

    stage_chosen = Signal(str)
    network_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.strip")
        self.setProperty("role", "panel")
        self._trace: StageTrace | None = None
        self._selection: Selection | None = None
        self.family = QComboBox(self)
        self.family.setObjectName("detection.strip.family.combo")
        for name, title in FAMILIES.items():
            self.family.addItem(title, name)
        self.family.setCurrentIndex(1)
        self.network = QToolButton(self)
        self.network.setObjectName("detection.strip.network.button")
        self.network.setCheckable(True)
        self.network.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.network.clicked.connect(self.network_wanted)
        self.buttons: dict[str, QToolButton] = {}
        self._titles = {part: QLabel(self) for part in PARTS}
        self._bars = {name: QFrame(self) for name in NAMES}
        for name in NAMES:
            button = QToolButton(self)
            button.setObjectName(f"detection.strip.{name}.button")
            button.setCheckable(True)
            button.setFont(theme.tabular(button.font()))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._clicked)
            self.buttons[name] = button
            self._bars[name].setFixedHeight(BAR_PX)
        self._lay_out()
        self.setStyleSheet(TIGHT)
        self.family.currentIndexChanged.connect(self._light)
        theme.notifier().changed.connect(self._light)
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 4)
        row.setSpacing(theme.GAP)
        first = QVBoxLayout()
        first.setSpacing(2)
        first.addWidget(self.family)
        first.addWidget(self.network)
        row.addLayout(first)
        for part, title in self._titles.items():
            title.setProperty("role", "section")
            if part != "backbone":
                arrow = QLabel("→", self)
                arrow.setProperty("role", "muted")
                row.addWidget(arrow)
            stages = [stage for stage in STAGES if stage.part == part]
            grid = QGridLayout()
            grid.setSpacing(2)
            grid.addWidget(title, 0, 0, 1, len(stages))
            for column, stage in enumerate(stages):
                grid.addWidget(self.buttons[stage.name], 1, column)
                grid.addWidget(self._bars[stage.name], 2, column)
            row.addLayout(grid, len(stages))

    def set_scale(self, factor: float) -> None:
        """Larger type, and nothing to choose a network by, for the lecture hall; 0 as ever."""
        large = factor > 0
        self.family.setVisible(not large)
        size = round(BUTTON_PX * factor)
        sheet = f"QToolButton, QLabel {{ font-size: {size}px; }}"
        self.setStyleSheet(TIGHT + sheet if large else TIGHT)
        for button in self.buttons.values():
            self._make_room(button)
        for bar in self._bars.values():
            bar.setFixedHeight(round(BAR_PX * factor) if large else BAR_PX)

    def set_results(self, trace: StageTrace | None, selection: Selection | None) -> None:
        """The times and counts of a picture."""
        self._trace, self._selection = trace, selection
        self._write()

    def set_family(self, *, masks: bool, keypoints: bool) -> None:
        """Light up the network that a model is."""
        name = "keypoint" if keypoints and not masks else "mask" if masks else "faster"
        self.show_family(name)

    def show_family(self, name: str) -> None:
        """Light up a network of `FAMILIES`."""
        self.family.setCurrentIndex(self.family.findData(name))

    def choose(self, name: str) -> None:
        """Press the button of a stage, without a signal; none for an empty name."""
        for each, button in self.buttons.items():
            button.setChecked(each == name)

    def show_network(self, shown: bool) -> None:
        """Press the button of the network, without a signal, while that is drawn."""
        self.network.setChecked(shown)

    def _clicked(self, checked: bool) -> None:
        name = next(name for name, button in self.buttons.items() if button is self.sender())
        self.stage_chosen.emit(name if checked else "")

    def _light(self) -> None:
        """What the chosen network has, and, brighter, what it added to the one before."""
        family = str(self.family.currentData())
        colors = theme.current()
        for stage in STAGES:
            color = colors.border
            if has(family, stage):
                color = colors.accent if added(family, stage) else colors.muted
            self._bars[stage.name].setStyleSheet(f"background: {color}; border: none;")
        self._write()

    def _write(self) -> None:
        translate, trace = QCoreApplication.translate, self._trace
        seconds = trace.stage_seconds if trace is not None else {}
        family = str(self.family.currentData())
        for number, stage in enumerate(STAGES, 1):
            title = translate("stages", stage.title)
            button = self.buttons[stage.name]
            button.setText(f"{number} {title}\n{self._below(stage, seconds)}")
            self._make_room(button)
            if added(family, stage):
                hint = self.tr("{title}: {family} brought it")
            elif has(family, stage):
                hint = self.tr("{title}: {family} has it")
            else:
                hint = self.tr("{title}: {family} does without")
            text = hint.format(title=title, family=FAMILIES[family])
            button.setToolTip(self.tr("{text} (key {number})").format(text=text, number=number))
            button.setAccessibleName(title)
        for part, label in self._titles.items():
            spent = [seconds[s.seconds] for s in STAGES if s.part == part and s.seconds in seconds]
            name = translate("stages", PARTS[part])
            label.setText(f"{name}  {lasted(sum(spent))}" if spent else name)

    def _make_room(self, button: QToolButton) -> None:
        """As wide as its text, so that none is shortened in the narrowest window."""
        button.ensurePolished()
        metrics = button.fontMetrics()
        widest = max(metrics.horizontalAdvance(line) for line in button.text().splitlines())
        button.setMinimumWidth(widest + TEXT_GAP)

    def _below(self, stage: Stage, seconds: dict[str, float]) -> str:
        """The second line of a button: its time, or how many there are."""
        if stage.seconds in seconds:
            return lasted(seconds[stage.seconds])
        count = stage.count(self._trace, self._selection) if stage.count is not None else None
        return "–" if count is None else whole(count)

    def retranslate(self) -> None:
        self.network.setText(self.tr("0 The network"))
        self.network.setToolTip(
            self.tr("The whole network drawn, with this picture's shapes (key 0)")
        )
        self.family.setAccessibleName(self.tr("Network"))
        self.family.setToolTip(self.tr("Light up what this network added to the one before it"))
        self._light()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def lasted(seconds: float) -> str:
    """A time in ms, or in s from one second on."""
    if seconds < 1:
        text = QCoreApplication.translate("PipelineBar", "{number} ms")
        return text.format(number=whole(1000 * seconds))
    return QCoreApplication.translate("PipelineBar", "{number} s").format(number=figure(seconds))
