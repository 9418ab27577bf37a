"""The classes that can be given: the model's, those judged already, and a person's own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog

from engine.detection.review.records import LONGEST_NAME
from gui.detection.annotation.panel import AnnotationPanel
from gui.detection.annotation.store import ReviewStore
from gui.detection.session import Session


class ClassNames(QObject):
    """Keeps the panel's classes, and which of them is drawn.

    A class that the model does not know is kept with what is judged to be of it; it has a
    box, and no mask.

    Signals:
        added: the place of a class that a person has named.

    Attributes:
        names: in the order of their keys.
        place: the class of what is drawn.
    """

    added = Signal(int)

    def __init__(self, session: Session, store: ReviewStore, panel: AnnotationPanel) -> None:
        super().__init__(panel)
        self._session, self._store, self._panel = session, store, panel
        self._own: dict[str, None] = {}  # those that the model may lack, in order
        self.names: tuple[str, ...] = ()
        self.place = 0
        panel.add_wanted.connect(self.ask)

    def refresh(self) -> None:
        """List them anew: another model, or judgements that were read."""
        inspection = self._session.inspection
        if inspection is None:
            return
        for name in self._store.names():
            self._own.setdefault(name)
        known = inspection.model.classes
        self.names = (*known, *(name for name in self._own if name not in known))
        self._panel.set_classes(self.names)
        self.choose(min(self.place, len(self.names) - 1))

    def choose(self, place: int) -> None:
        """What is drawn from now on."""
        self.place = place
        self._panel.show_class(place)

    def ask(self) -> None:
        """Let a person name a class."""
        dialog = QInputDialog(self._panel)
        dialog.setObjectName("detection.annotation.class.dialog")
        dialog.setWindowTitle(self.tr("New class"))
        dialog.setLabelText(self.tr("Its name; the model gives no mask of a class of your own:"))
        dialog.textValueSelected.connect(self.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self, name: str) -> None:
        """One more class, where there is none of that name; it is given at once."""
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name or not self.names:
            return
        self._own.setdefault(name)
        self.refresh()
        self.added.emit(self.names.index(name))
