"""Keeps the list's badges: found by the model, and missed by the ground truth."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from gui.detection.ground_truth.store import GroundTruthStore
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.session import Session


class BadgeKeeper(QObject):
    """Listens to the session and to the ground truth of the open picture."""

    def __init__(self, session: Session, panel: FilePanel, truth: GroundTruthStore) -> None:
        super().__init__(panel)
        self._session, self._panel, self._truth = session, panel, truth
        self._model = ""
        session.shown_changed.connect(self._count_found)
        truth.changed.connect(self._count_missed)

    def _count_found(self) -> None:
        session = self._session
        if session.entry is None or session.inspection is None:
            return
        if session.model != self._model:
            self._forget()
            self._model = session.model
        self._tell(session.entry, found=len(session.shown), missed=session.entry.badges.missed)

    def _count_missed(self) -> None:
        entry, matching = self._session.entry, self._truth.matching
        if entry is not None and matching is not None:
            self._tell(entry, missed=len(matching.fn), found=entry.badges.found)
        elif entry is not None and self._session.inspection is not None:
            self._tell(entry, found=entry.badges.found)

    def _forget(self) -> None:
        """What another model found says nothing of this one."""
        for entry in self._panel.model.everything:
            self._tell(entry)

    def _tell(self, entry: Entry, *, found: int | None = None, missed: int | None = None) -> None:
        self._panel.set_badges(entry, replace(entry.badges, found=found, missed=missed))
