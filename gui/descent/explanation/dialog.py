"""Why a racer diverged or is slow, in sentences and a curve, and one press that mends it."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from engine.descent.diagnosis.divergence import Divergence
from engine.descent.diagnosis.slowness import Slowness
from gui import theme
from gui.descent.explanation import sentences
from gui.plots.plot_widget import Plot, envelope, line_pen
from gui.widgets.dialogs.layout import lay_out, quiet_button

BINS = 600
LEAST_SHARE = 1e-3  # of the limit that is drawn
PLOT_PX = 150


class ExplanationDialog(QDialog):
    """What theory says of one racer; nothing here is computed.

    Signals:
        settings_wanted: the racer's name and the settings that are offered.
        step_wanted: the step that is to be shown.
    """

    settings_wanted = Signal(str, object)
    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.why.dialog")
        self.resize(560, 520)
        self._racer, self._title, self._undefined = "", "", ""
        self._found: Divergence | Slowness | None = None
        self.offered: Mapping[str, float] = {}
        self._step = -1
        self.heading = QLabel(self)
        self.heading.setObjectName("descent.why.heading")
        self.heading.setProperty("role", "heading")
        self.text = QLabel(self)
        self.text.setObjectName("descent.why.text")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.plot = Plot(self, log_y=True)
        self.plot.setObjectName("descent.why.plot")
        self.plot.setMinimumHeight(PLOT_PX)
        self.plot.setMouseEnabled(x=False, y=False)
        self._line = self.plot.plot()
        self._theory = self.plot.plot()
        self._best = self.plot.plot()
        self._limit = pg.InfiniteLine(angle=0, movable=False)
        self._began = pg.InfiniteLine(angle=90, movable=False)
        for line in (self._limit, self._began):
            self.plot.addItem(line)
        self.key = QLabel(self)
        self.key.setObjectName("descent.why.key")
        self.key.setProperty("role", "muted")
        self.use = quiet_button("descent.why.use", self)
        self.use.clicked.connect(self._on_use)
        self.go = quiet_button("descent.why.step", self)
        self.go.clicked.connect(self._on_go)
        self.shut = quiet_button("descent.why.close", self)
        self.shut.clicked.connect(self.close)
        parts = (self.heading, self.text, self.key, self.plot)
        lay_out(self, parts, (self.use, self.go), self.shut)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    @property
    def found(self) -> Divergence | Slowness | None:
        """What is shown."""
        return self._found

    def show_waiting(self, racer: str, title: str) -> None:
        """Another racer, of which nothing is known yet."""
        self._racer, self._title, self._found = racer, title, None
        self.retranslate()

    def show_found(
        self, racer: str, title: str, found: Divergence | Slowness, undefined: str = ""
    ) -> None:
        """What was found.

        Args:
            racer, title: its name in the race, and what it is called.
            undefined: where its loss is not defined, in a sentence.
        """
        self._racer, self._title, self._undefined = racer, title, undefined
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Why?"))
        self.shut.setText(self.tr("Close"))
        self.plot.setAccessibleName(self.tr("The racer's way to what is explained"))
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def restyle(self) -> None:
        """Take the theme's colours."""
        colors = theme.current()
        self._line.setPen(line_pen(colors.color("accent"), width=2))
        self._theory.setPen(line_pen(colors.color("muted"), width=1.5, dash=(4, 3)))
        self._best.setPen(line_pen(colors.color("good"), width=1.5, dash=(2, 3)))
        self._limit.setPen(line_pen(colors.color("error"), width=1.5))
        self._began.setPen(line_pen(colors.color("muted"), width=1, dash=(3, 3)))

    # -- what is shown ------------------------------------------------------------------------

    def _write(self) -> None:
        found = self._found
        self.offered, self._step = {}, -1
        texts: Sequence[str]
        if found is None:
            texts = (self._title, self.tr("Asking theory…"))
            self._show_lines(None)
        elif isinstance(found, Divergence):
            texts = sentences.of_divergence(self._title, found, self._undefined)
            self._step = found.step
            self._offer_rate(found)
            self._show_lines(found)
        else:
            texts = sentences.of_pace(self._title, found)
            self.offered = found.best
            self._show_pace(found)
        self.heading.setText(texts[0])
        self.text.setText("\n\n".join(texts[1:]))
        self.use.setVisible(bool(self.offered))
        self.use.setText(sentences.use_text(self.offered))
        self.use.setToolTip(self.tr("Race with it; Undo takes it back"))
        self.go.setVisible(self._step >= 0)
        self.go.setText(self.tr("Show Step {step}").format(step=self._step))
        self.go.setToolTip(self.tr("Take the race to the step where it began"))

    def _offer_rate(self, found: Divergence) -> None:
        rate = found.stable if found.tried is None else found.tried
        if math.isfinite(rate):
            self.offered = {"lr": rate}

    def _show_lines(self, found: Divergence | None) -> None:
        """The share of the limit along the racer's way."""
        path = None if found is None else found.path
        self.plot.setVisible(path is not None)
        self.key.setVisible(path is not None)
        self.key.setText(self.tr("Above the red line the step is unstable."))
        for line in (self._theory, self._best):
            line.setData([], [])
        if path is None or found is None:
            return
        share = np.where(np.isfinite(path.share), np.maximum(path.share, LEAST_SHARE), np.nan)
        self._line.setData(*envelope(path.step.astype(np.float64), share, BINS), connect="finite")
        self.plot.set_titles(x=self.tr("step"), y=self.tr("lr·λ over its limit"))
        self._limit.setVisible(True)
        self._limit.setValue(0.0)  # the logarithm of 1
        self._began.setVisible(True)
        self._began.setValue(found.step)

    def _show_pace(self, found: Slowness) -> None:
        """The distance to the minimum, with theory's line and that of its best settings."""
        away = found.away
        known = np.flatnonzero(np.isfinite(away) & (away > 0))
        self.plot.setVisible(found.at_minimum and known.size > 1)
        self.key.hide()
        self._limit.setVisible(False)
        self._began.setVisible(False)
        if not self.plot.isVisibleTo(self):
            return
        steps = np.arange(len(away), dtype=np.float64)
        self._line.setData(*envelope(steps[known], away[known], BINS))
        self.plot.set_titles(x=self.tr("step"), y=self.tr("distance to the minimum"))
        low, high = float(away[known].min()), float(away[known].max())
        # Theory's lines leave the racer's own where the last third of its way begins.
        origin = int(known[2 * len(known) // 3])
        for line, factor in ((self._theory, found.factor), (self._best, found.best_factor)):
            if not 0 < factor < 1:
                line.setData([], [])
                continue
            told = away[origin] * factor ** (steps[origin:] - origin)
            inside = (told >= low / 10) & (told <= high * 10)
            line.setData(steps[origin:][inside], told[inside])
        self.key.setText(self._pace_key(found))
        self.key.show()

    def _pace_key(self, found: Slowness) -> str:
        """What the lines are, each in its colour."""
        colors = theme.current()
        parts = [(self.tr("the race"), colors.color("accent"))]
        if 0 < found.factor < 1:
            parts.append((self.tr("theory"), colors.color("muted")))
        if 0 < found.best_factor < 1:
            parts.append((self.tr("theory's fastest"), colors.color("good")))
        return " &nbsp; ".join(
            f'<span style="color:{color.name()}">━ {html.escape(text)}</span>'
            for text, color in parts
        )

    # -- what is done -------------------------------------------------------------------------

    def _on_use(self) -> None:
        if self.offered:
            self.settings_wanted.emit(self._racer, dict(self.offered))

    def _on_go(self) -> None:
        self.step_wanted.emit(self._step)
