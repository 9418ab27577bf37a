"""Knows what each precision gains and changes here: looks it up, and measures it once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from gui.bridge import Bridge
from gui.detection.jobs import LazyWorkbench
from gui.detection.models.downloads import title_of, weights_of
from gui.detection.precision.jobs import Known, look_up, measure_precision
from gui.detection.precision.panel import PrecisionPanel
from gui.detection.session import Session

LOOK, MEASURE = "detection.precision.look", "detection.precision.measure"
REST_MS = 3000  # the window rests so long before it measures by itself


class PrecisionController(QObject):
    """The precisions of the model in use, and of one that the list of models stands on.

    A heavy model is measured by itself, in the background, once a machine: while the window
    rests, and never while a picture is being looked at.

    Signals:
        changed: something is known of the model that is shown.
        failed: why it could not be measured.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, session: Session, workbench: LazyWorkbench, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bridge, self._session, self._workbench = bridge, session, workbench
        self.panel: PrecisionPanel | None = None
        self.shown = ""  # the model that the panel tells of; the session's while empty
        self.known: Known | None = None  # of it
        self.measuring = ""  # the model that is being measured
        self._asked: set[tuple[str, str]] = set()  # (model, device) that were looked up
        self._begun: set[tuple[str, str]] = set()  # whose measurement was begun
        self._waiting: Known | None = None  # to be measured when the window rests
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._measure_at_rest)
        session.inspected.connect(self._follow)
        session.running_changed.connect(self._make_way)

    def make_panel(self, parent: QWidget) -> PrecisionPanel:
        """The panel of the list of models."""
        self.panel = PrecisionPanel(parent)
        self.panel.measure_wanted.connect(self.measure)
        self.panel.stop_wanted.connect(self.stop)
        self._tell()
        return self.panel

    def show(self, model: str, device: str) -> None:
        """Tell of a model that can run, on a device."""
        self.shown = model
        if self.known is None or (self.known.model, self.known.device) != (model, device):
            self.known = None
            self._tell()
        self._look(model, device)

    def measure(self) -> None:
        """Measure the model that is shown."""
        if self.known is not None and len(self.known.precisions) > 1:
            self._measure(self.known)

    def stop(self) -> None:
        """Stop measuring; nothing of it is kept."""
        self._bridge.cancel(MEASURE)
        self.measuring = ""
        self._tell()

    def _look(self, model: str, device: str) -> None:
        from engine.detection.pipeline.inference import InspectSpec

        spec = InspectSpec(model=model, weights=weights_of(model), device=device)
        self._bridge.start(
            "inference",
            LOOK,
            partial(look_up, spec, model),
            on_snapshot=self._take_known,
            on_error=self._stay_silent,
        )

    def _measure(self, known: Known) -> None:
        from engine.detection.precision.measure import PrecisionSpec

        self.measuring = known.model
        self._begun.add((known.model, known.device))
        spec = PrecisionSpec(
            model=known.model,
            weights=weights_of(known.model),
            device=known.device,
            precision=known.precisions[-1],
        )
        self._bridge.start(
            "inference",
            MEASURE,
            partial(measure_precision, self._workbench, spec),
            on_snapshot=partial(self._take_step, known),
            on_error=self._fail,
            paused=self._session.running,
        )
        self._tell()

    def _take_known(self, known: Known) -> None:
        if self.shown in ("", known.model):
            self.known = known
            self._tell()
            self.changed.emit()
        asked = (known.model, known.device)
        unknown = len(known.precisions) > 1 and known.measurement is None
        if unknown and known.heavy and asked not in self._begun:
            self._waiting = known
            self._rest.start()

    def _measure_at_rest(self) -> None:
        """Once, whether it is stopped or not; the next answer asks again where it cannot be."""
        session, known = self._session, self._waiting
        if known is not None and not session.running and not self.measuring:
            self._waiting = None
            if known.model == session.model:
                self._measure(known)

    def _take_step(self, known: Known, step: Any) -> None:
        from engine.detection.precision.measurement import Measurement

        if not isinstance(step, Measurement):
            if self.panel is not None:
                self.panel.show_progress(step, title_of(known.model))
            return
        self.measuring = ""
        if self.shown == known.model:
            self.known = replace(known, measurement=step)
        self._tell()
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.measuring = ""
        self._tell()
        self.failed.emit(error)

    def _stay_silent(self, error: Exception) -> None:
        """The model's own inspection tells what is wrong with it or with the device."""

    def _follow(self) -> None:
        """A picture was answered: is the model one to be measured?"""
        session = self._session
        asked = (session.model, session.device)
        if session.inspection is not None and self._waiting is not None:
            self._rest.start()
        if session.inspection is not None and asked not in self._asked:
            self._asked.add(asked)
            if not self._shows_another():
                self.shown = session.model
            self._look(*asked)

    def _shows_another(self) -> bool:
        return self.panel is not None and self.panel.isVisible()

    def _make_way(self, running: bool) -> None:
        job = self._bridge.job(MEASURE)
        if job is not None:
            job.pause() if running else job.resume()

    def _tell(self) -> None:
        if self.panel is None:
            return
        if self.measuring and self.measuring == self.shown:
            self.panel.show_measuring()
        else:
            self.panel.show_known(self.known, busy=bool(self.measuring))
