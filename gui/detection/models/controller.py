"""The models at hand, and where they run: lists them, fetches them, hands over the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.bridge import Bridge
from gui.detection.models.dialog import ModelsDialog
from gui.detection.models.downloads import FILE, WEIGHTS, Downloads
from gui.detection.session import Session

LIST, DEVICES = "detection.models.list", "detection.devices"


class ModelController(QObject):
    """The models of one workspace.

    Signals:
        model_wanted: a name, or `FILE` and the path of a weights file.
    """

    model_wanted = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        bridge: Bridge,
        session: Session,
        models: Callable[[], Iterator[list[Any]]],
    ) -> None:
        super().__init__(parent)
        self._parent, self._bridge, self._session, self._list = parent, bridge, session, models
        self.downloads = Downloads(parent, bridge)
        self.dialog: ModelsDialog | None = None
        self.downloads.arrived.connect(self._arrived)

    def ask(self) -> None:
        """Open the list."""
        if self.dialog is None:
            self.dialog = ModelsDialog(self.downloads, self._parent)
            self.dialog.model_wanted.connect(self.model_wanted)
            self.dialog.weights_wanted.connect(self.use_weights)
            self.dialog.device_wanted.connect(self._session.set_device)
            self._take_devices({"auto": (self._session.precision,)})
        self.dialog.show()
        self.dialog.raise_()
        self.renew()
        self._bridge.start(
            "inference",
            DEVICES,
            list_devices,
            on_snapshot=self._take_devices,
            on_error=self._ignore,
        )

    def renew(self) -> None:
        """List the models anew."""
        if self.dialog is not None:
            self._bridge.start(
                "files", LIST, self._list, on_snapshot=self._take, on_error=self._ignore
            )

    def use_weights(self, path: Path) -> None:
        """Look with a weights file of the user's."""
        self.model_wanted.emit(FILE + str(path.absolute()))

    def takes(self, path: Path) -> bool:
        """Whether a file may hold weights, by its name."""
        return path.suffix.lower() in WEIGHTS

    def _take(self, models: list[Any]) -> None:
        if self.dialog is not None:
            self.dialog.set_models(models, self._session.model)

    def _take_devices(self, precisions: dict[str, tuple[str, ...]]) -> None:
        session = self._session
        if self.dialog is not None:
            self.dialog.set_devices(precisions, session.device, session.precision)

    def _arrived(self, name: str) -> None:
        self.renew()
        self.model_wanted.emit(name)

    def _ignore(self, anything: Any) -> None:
        """The list stays as it was."""


def list_devices() -> Iterator[dict[str, tuple[str, ...]]]:
    """The devices of this machine, best first, and what each may compute in."""
    from engine.device import available, precisions

    names = available()
    yield {"auto": precisions(names[0]), **{name: precisions(name) for name in names}}
