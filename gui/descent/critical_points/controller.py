"""Critical points: found on a worker whenever the landscape changes, while they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from engine.descent.race.spec import RaceSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.critical_points.layer import CriticalLayer
from gui.descent.critical_points.panel import CriticalPanel
from gui.descent.setup import Setup, SetupStore, landscape_key
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.racing.jobs import LANE
from gui.widgets.tab_panel import TabPanel

if TYPE_CHECKING:
    from engine.descent.maps.critical_points import CriticalPoints, Searching

CRITICAL = "descent.critical"  # the job, and the panel's key
CURVES = "curves"


def find_critical_points(spec: RaceSpec) -> Iterator[Searching | CriticalPoints]:
    """Those in the spec's view, on the worker."""
    from engine.descent.maps.critical_points import critical_points

    return critical_points(spec)


class CriticalPointsController(QObject):
    """Keeps marks and table in step with the landscape that is seen.

    Signals:
        changed: whether they are shown.
    """

    changed = Signal(bool)

    def __init__(
        self,
        bridge: Bridge,
        store: SetupStore,
        map_view: MapView,
        panels: TabPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, CRITICAL)
        self._store = store
        self._map = map_view
        self.layer = CriticalLayer(map_view.view_box)
        map_view.add_layer(self.layer)
        self._panels = panels
        self._chosen: tuple[float, float] | None = None
        self.shown = False
        self.panel = CriticalPanel()
        panels.add(
            CRITICAL,
            self.panel,
            QT_TRANSLATE_NOOP("descent", "Critical points"),
            tip=QT_TRANSLATE_NOOP("descent", "Minima, maxima and saddles in view (C)"),
        )
        panels.chosen.connect(self._on_panel)
        self.panel.chosen.connect(self.choose)
        map_view.view_settled.connect(self.update)
        map_view.pressed.connect(self._on_pressed)
        map_view.progress.cancel_wanted.connect(self._on_cancelled)
        store.changed.connect(self._on_changed)

    def actions(self) -> list[ActionSpec]:
        """What the menus say of them."""
        return [
            ActionSpec(
                "descent.view.critical",
                QT_TRANSLATE_NOOP("actions", "&Critical Points"),
                "View",
                self.set_shown,
                "C",
                checkable=True,
                canvas_only=True,
                checked=self.is_shown,
                section=20,
            ),
            ActionSpec(
                "descent.copy_critical",
                QT_TRANSLATE_NOOP("actions", "Copy Cr&itical Points"),
                "Edit",
                self.panel.copy,
                enabled=self.is_shown,
                section=20,
            ),
        ]

    def is_shown(self) -> bool:
        return self.shown

    @Slot(bool)
    def set_shown(self, shown: bool) -> None:
        """Mark them on the map and list them below it, or neither."""
        if shown == self.shown:
            return
        self.shown = shown
        if shown:
            self._panels.show_panel(CRITICAL)
            self.update()
        else:
            self._job.cancel()
            self._map.progress.end()
            self._chosen = None
            self._show_marks(None)
            if self._panels.key == CRITICAL:
                self._panels.show_panel(CURVES)
        self.changed.emit(shown)

    def update(self, *_: object) -> None:
        """Look for them again, unless the landscape is still the same."""
        if not self.shown:
            return
        race = self._store.setup.race
        domain = self._map.visible_domain()
        self._job.request(
            partial(find_critical_points, replace(race, domain=domain)),
            on_snapshot=self._on_found,
            on_error=self._on_failed,
            depends_on=(race.surface, race.formula, dict(race.parameters), race.data, domain),
        )
        self._job.release()  # what is found of another landscape is of no use

    @Slot(int)
    def choose(self, index: int) -> None:
        """Mark one as chosen, in the middle of the view if it is outside of it."""
        points = self.panel.points
        if points is None or not 0 <= index < len(points.kind):
            return
        self._mark(index)
        self._map.look_at(*map(float, points.place[index]))

    def _on_changed(self, before: Setup, after: Setup) -> None:
        if self.shown and landscape_key(before) != landscape_key(after):
            self._chosen = None
            self.panel.show_points(None)
            self._show_marks(None)
        self.update()

    def _on_cancelled(self) -> None:
        self.set_shown(False)

    def _show_marks(self, points: CriticalPoints | None, chosen: int = -1) -> None:
        """Mark them on the map, where they stand for the known minima; None: none of them."""
        self._map.marks.hide_minima(points is not None)
        self.layer.show_points(points, chosen)

    def _mark(self, index: int) -> None:
        points = self.panel.points
        assert points is not None
        x, y = map(float, points.place[index])
        self._chosen = (x, y)
        self._show_marks(points, index)
        self.panel.choose(index)

    def _on_found(self, points: Searching | CriticalPoints) -> None:
        from engine.descent.maps.critical_points import Searching  # the worker has imported it

        if isinstance(points, Searching):
            text = self.tr("Looking for critical points…")
            self._map.progress.tell(text, points.done, points.count)
            return
        self._map.progress.end()
        self.panel.show_points(points)
        self._show_marks(points)
        self._map.arrange()
        if self._chosen is not None and len(points.kind):
            # The view has moved: the same point may have another place in the table.
            ways = np.hypot(*(points.place - self._chosen).T)
            if ways.min() < 1e-6 * (1 + np.hypot(*self._chosen)):
                self._mark(int(ways.argmin()))

    def _on_failed(self, error: Exception) -> None:
        # A formula that cannot be used is said where it is written.
        self._map.progress.end()
        self.panel.show_points(None, failed=True)
        self._show_marks(None)

    def _on_panel(self, key: str) -> None:
        if key == CRITICAL:
            self.set_shown(True)

    def _on_pressed(self, x: float, y: float) -> None:
        index = self.layer.near(x, y)
        if self.shown and index >= 0:
            self._mark(index)
