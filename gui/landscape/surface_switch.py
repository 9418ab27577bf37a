"""Two or three dimensions: makes the 3-D view over the map when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

from engine.errors import DeviceError
from engine.landscape import Viewpoint
from gui.actions import ActionSpec
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView

if TYPE_CHECKING:
    from gui.landscape.surface_view import SurfaceView

WITHOUT = ("offscreen", "minimal", "vnc", "linuxfb")  # platforms on which OpenGL crashes Qt
OLDEST = (2, 1)


class SurfaceSwitch(QObject):
    """Lays the 3-D view over the map, and takes it away.

    Signals:
        changed: whether the landscape is shown in 3-D.
        failed: why it cannot be.
    """

    changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, map_view: MapView, parent: QObject) -> None:
        super().__init__(parent)
        self._map = map_view
        self.view: SurfaceView | None = None
        self._viewpoint: Viewpoint | None = None  # until there is a view
        map_view.installEventFilter(self)

    def actions(self) -> list[ActionSpec]:
        """How the landscape is looked at; their names begin as the map's."""
        workspace = self._map.name
        return [
            ActionSpec(
                f"{workspace}.view.fit",
                QT_TRANSLATE_NOOP("actions", "&Fit"),
                "View",
                self.fit,
                "F Home",
                canvas_only=True,
                icon="fit",
            ),
            ActionSpec(
                f"{workspace}.view.zoom_in",
                QT_TRANSLATE_NOOP("actions", "Zoom &In"),
                "View",
                self.zoom_in,
                "Ctrl++ Ctrl+=",
                icon="zoom-in",
            ),
            ActionSpec(
                f"{workspace}.view.zoom_out",
                QT_TRANSLATE_NOOP("actions", "Zoom &Out"),
                "View",
                self.zoom_out,
                "Ctrl+-",
                icon="zoom-out",
            ),
            ActionSpec(
                f"{workspace}.view.relief",
                QT_TRANSLATE_NOOP("actions", "&Three Dimensions"),
                "View",
                self.set_shown,
                "3",
                checkable=True,
                canvas_only=True,
                checked=self.is_shown,
                section=20,
            ),
        ]

    @property
    def shown(self) -> bool:
        return self.view is not None and not self.view.isHidden()

    def is_shown(self) -> bool:
        return self.shown

    @Slot(bool)
    def set_shown(self, shown: bool) -> None:
        """Show it in 3-D (True) or as a map; the map stays where OpenGL is missing."""
        if shown and self.view is None and not self._make():
            self.changed.emit(False)
            return
        if self.view is None or shown == self.shown:
            return
        if shown:
            self._map.changed.connect(self.view.refresh)
            self.view.setGeometry(self._map.rect())
            self.view.show()
            self.view.raise_()
            self.view.refresh()
        else:
            self._map.changed.disconnect(self.view.refresh)
            self.view.hide()
        self.changed.emit(shown)

    def viewpoint(self) -> Viewpoint | None:
        """From where it is seen in 3-D; None for the usual place."""
        return self._viewpoint if self.view is None else self.view.viewpoint()

    def look_from(self, viewpoint: Viewpoint | None) -> None:
        """See it from there, now or when it is shown in 3-D; None for the usual place."""
        self._viewpoint = viewpoint
        if self.view is not None:
            self.view.look_from(viewpoint)

    @Slot()
    def fit(self) -> None:
        """The whole of what is shown, in whatever way it is."""
        if self.shown and self.view is not None:
            self.view.go_home()
        else:
            self._map.fit()

    @Slot()
    def zoom_in(self) -> None:
        self._zoom(1.25, self._map.zoom_in)

    @Slot()
    def zoom_out(self) -> None:
        self._zoom(0.8, self._map.zoom_out)

    def _zoom(self, factor: float, on_map: Callable[[], None]) -> None:
        if self.shown and self.view is not None:
            self.view.zoom(factor)
        else:
            on_map()

    def _make(self) -> bool:
        try:
            check_opengl()
            from gui.landscape.surface_view import SurfaceView
        except (DeviceError, ImportError) as error:
            known = isinstance(error, DeviceError)
            self.failed.emit(error if known else DeviceError("view.no_opengl", why=str(error)))
            return False
        view = SurfaceView(self._map, self._map)
        view.hide()
        for signal in ("start_dragged", "start_wanted", "copy_wanted", "hovered", "left"):
            getattr(view, signal).connect(getattr(self._map, signal))
        view.look_from(self._viewpoint)
        self.view = view
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.view is not None:
            self.view.setGeometry(self._map.rect())
        return False


def check_opengl() -> None:
    """Find out whether a widget of OpenGL can be made, without making one.

    Raises:
        DeviceError: OpenGL 2.1 is not there.
    """
    platform = QGuiApplication.platformName()
    if platform in WITHOUT:
        raise DeviceError("view.no_opengl", why=platform)
    context = QOpenGLContext()
    surface = QOffscreenSurface()
    if not context.create():
        raise DeviceError("view.no_opengl", why=platform)
    surface.setFormat(context.format())
    surface.create()
    if not (surface.isValid() and context.makeCurrent(surface)):
        raise DeviceError("view.no_opengl", why=platform)
    context.doneCurrent()
    version = context.format().version()
    if tuple(version) < OLDEST:
        raise DeviceError("view.no_opengl", why=f"OpenGL {version[0]}.{version[1]}")
