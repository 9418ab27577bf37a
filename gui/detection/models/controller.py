"""The models at hand, and where they run: lists them, fetches them, hands over the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.detection.header import Header
from gui.detection.models.dialog import ModelsDialog
from gui.detection.models.downloads import FILE, WEIGHTS, Downloads, title_of
from gui.detection.precision.controller import PrecisionController
from gui.detection.session import Session
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text

LIST, DEVICES = "detection.models.list", "detection.devices"


class ModelController(QObject):
    """The models of one workspace: the header's list, the dialog, the downloads."""

    def __init__(
        self,
        bridge: Bridge,
        session: Session,
        header: Header,
        models: Callable[[], Iterator[list[Any]]],
        precision: PrecisionController,
        parent: QWidget,
    ) -> None:
        """Follow the header.

        Args:
            models: the job that lists the models there are.
            precision: tells in the dialog what bfloat16 gains and changes.
        """
        super().__init__(parent)
        self._parent, self._bridge, self._list = parent, bridge, models
        self._session, self._header = session, header
        self._precision = precision
        self.downloads = Downloads(parent, bridge)
        self.dialog: ModelsDialog | None = None
        self.downloads.arrived.connect(self.set_model)
        header.model_chosen.connect(self.set_model)
        header.models_wanted.connect(self.ask)
        session.model_kept.connect(self._follow)
        precision.changed.connect(self._show_automatic)

    def actions(self) -> list[ActionSpec]:
        """Open the list."""
        return [
            ActionSpec(
                "detection.models",
                QT_TRANSLATE_NOOP("actions", "&Models…"),
                "File",
                self.ask,
                "Ctrl+M",
                section=20,
                icon="download",
            )
        ]

    def ask(self) -> None:
        """Open the list."""
        if self.dialog is None:
            self.dialog = ModelsDialog(
                self.downloads, self._parent, make_panel=self._precision.make_panel
            )
            self.dialog.looked_at.connect(self._show_precision)
            self.dialog.model_wanted.connect(self.set_model)
            self.dialog.weights_wanted.connect(self.use_weights)
            self.dialog.device_wanted.connect(self._set_device)
            self._take_devices({"auto": (self._session.precision_used,)})
        self.dialog.show()
        self.dialog.raise_()
        self._show_precision(self._session.model)
        self.refresh()
        self._bridge.start(
            "inference",
            DEVICES,
            list_devices,
            on_snapshot=self._take_devices,
            on_error=self._ignore,
        )

    def refresh(self) -> None:
        """List the models anew: a training or a download may have made one meanwhile."""
        self._bridge.start("files", LIST, self._list, on_snapshot=self._take, on_error=self._ignore)

    def set_model(self, name: str) -> None:
        """Look with another model."""
        self._session.set_model(name)
        self._header.set_model(name)
        self.refresh()

    def _follow(self) -> None:
        """The session's model is the one that is chosen."""
        self._header.set_model(self._session.model)
        self.refresh()
        if self.dialog is not None:
            self.dialog.choose_device(self._session.device, self._session.precision)

    def use_weights(self, path: Path) -> None:
        """Look with a weights file of the user's."""
        self.set_model(FILE + str(path.absolute()))

    def takes(self, path: Path) -> bool:
        """Whether a file may hold weights, by its name."""
        return path.name.lower().endswith(WEIGHTS)

    def other(self) -> tuple[str, str] | None:
        """Name and title of a model that is not in use, or None."""
        others = [model for model in self._header.models if model[0] != self._session.model]
        return (others[0][0], engine_text(others[0][1])) if others else None

    def _take(self, models: list[Any]) -> None:
        chosen = self._session.model
        ready = [(info.name, info.title) for info in models if info.ready]
        if chosen not in [name for name, _ in ready]:
            ready.append((chosen, title_of(chosen)))
        self._header.set_models(ready, chosen)
        if self.dialog is not None:
            self.dialog.set_models(models, chosen)

    def _take_devices(self, precisions: dict[str, tuple[str, ...]]) -> None:
        session = self._session
        if self.dialog is not None:
            self.dialog.set_devices(precisions, session.device, session.precision)

    def _set_device(self, device: str, precision: str) -> None:
        self._session.set_device(device, precision)
        self._show_precision(self._precision.shown or self._session.model)

    def _show_precision(self, model: str) -> None:
        self._precision.show(model, self._session.device)
        self._show_automatic()

    def _show_automatic(self) -> None:
        known = self._precision.known
        if self.dialog is not None:
            self.dialog.set_automatic("" if known is None else known.automatic)

    def _ignore(self, anything: Any) -> None:
        """The list stays as it was."""


def list_models() -> Iterator[list[Any]]:
    """The zoo's models, as `ModelInfo`."""
    from engine.detection.models import zoo

    yield zoo.models()


def list_devices() -> Iterator[dict[str, tuple[str, ...]]]:
    """The devices of this machine, best first, and what each may compute in."""
    from engine.device import available, precisions

    names = available()
    yield {"auto": precisions(names[0]), **{name: precisions(name) for name in names}}
