"""Export: ask, ask again before overwriting, wait for the last masks, write on a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.detection.annotation.store import ReviewStore
from gui.detection.export.choices import CHOSEN, LIST, PICTURE, SELECTION, Choices, restored
from gui.detection.export.dialog import ExportDialog
from gui.detection.export.jobs import (
    ExportProgress,
    ExportSpec,
    find_existing,
    preview,
    preview_judged,
    write_judged,
    write_many,
    write_one,
)
from gui.detection.instances import Pair
from gui.detection.jobs import LazyWorkbench, itself
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.session import Session
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import sentence
from gui.settings import Settings
from gui.widgets.task_progress import TaskStrip

if TYPE_CHECKING:
    from engine.detection.review.records import Review
    from engine.export.item import ExportItem

EXPORT, PREVIEW = "detection.export", "detection.export.preview"
CHOICES = "detection/export"
NAMED = 6  # files that are called by name, before it is only said how many there are


class ExportController(QObject):
    """The exports of one workspace.

    Signals:
        status: how far it is.
        failed: why a file could not be written.
        written: the paths of the files.
    """

    status = Signal(str)
    failed = Signal(object)
    written = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        settings: Settings,
        session: Session,
        files: FilePanel,
        workbench: LazyWorkbench,
        chosen: Callable[[], tuple[Pair, ...]],
        judged: ReviewStore,
        judging: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        """Build it.

        Args:
            chosen: gives the detections that are chosen in the table.
            judged: what a person has said of the pictures.
            judging: whether the annotator's pass is on.
        """
        super().__init__(parent)
        self._parent = parent
        self._bridge, self._settings, self._session = bridge, settings, session
        self._files, self._workbench, self._chosen = files, workbench, chosen
        self._judged, self._judging = judged, judging
        self.strip = TaskStrip("detection.export.progress", parent)
        self._spec: ExportSpec | None = None
        self._waiting = False
        self._written: list[Path] = []
        self._problems: list[Exception] = []
        self._dialog: ExportDialog | None = None
        self._question: QMessageBox | None = None
        session.shown_changed.connect(self._look_again)
        self.strip.cancel_wanted.connect(self.cancel)

    def actions(self) -> list[ActionSpec]:
        """Export, with the dialog and without."""
        return [
            ActionSpec(
                "detection.export",
                QT_TRANSLATE_NOOP("actions", "&Export…"),
                "File",
                self.ask,
                "Ctrl+E",
                icon="export",
                enabled=self._session.has_result,
            ),
            ActionSpec(
                "detection.export_again",
                QT_TRANSLATE_NOOP("actions", "Export &Again"),
                "File",
                self.again,
                "Ctrl+Shift+E",
                enabled=self._session.has_result,
            ),
        ]

    def suggestion(self) -> Choices:
        """What was chosen last time."""
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        folder = QStandardPaths.writableLocation(pictures) or str(Path.home())
        made = restored(self._settings.state(CHOICES), Choices(folder))
        # Detections are chosen anew each time: what was chosen last is no habit.
        return replace(made, scope=PICTURE) if made.scope == CHOSEN else made

    # Ask

    def ask(self) -> None:
        """Open the dialog; in the annotator's pass for what was accepted."""
        if self._judging():
            self.ask_accepted()
        else:
            self._ask(self.suggestion())

    def ask_selected(self) -> None:
        """Open the dialog for the pictures that are selected in the list."""
        self._ask(replace(self.suggestion(), scope=SELECTION))

    def ask_accepted(self) -> None:
        """Open the dialog for what was accepted in the pictures of the list."""
        scope = LIST if len(self._paths(LIST)) > 1 else PICTURE
        self._ask(replace(self.suggestion(), scope=scope, accepted=True))

    def _ask(self, choices: Choices) -> None:
        if not self._session.has_result():
            self.status.emit(self.tr("There is nothing to export yet."))
            return
        counts = {scope: len(self._paths(scope)) for scope in (SELECTION, LIST)}
        counts |= {PICTURE: 1, CHOSEN: len(self._chosen())}
        judged = {scope: len(self._paths(scope, judged=True)) for scope in (SELECTION, LIST)}
        judged[PICTURE] = judged[CHOSEN] = int(self._review() is not None)
        self._dialog = ExportDialog(choices, counts, judged, self._parent)
        self._dialog.accepted.connect(self._accept)
        self._dialog.finished.connect(self._dialog_closed)
        self._dialog.look_changed.connect(self._show_preview)
        self._dialog.open()
        self._show_preview()

    def _paths(self, scope: str, *, judged: bool = False) -> tuple[Path, ...]:
        """The files that a scope means, or those of them that were judged.

        Pictures without a file are left out.
        """
        entries = self._files.selected if scope == SELECTION else self._files.model.entries
        return tuple(
            entry.path
            for entry in entries
            if entry.path is not None and (not judged or self._judged.begun(entry))
        )

    def _review(self) -> Review | None:
        """What was judged in the open picture; None for nothing."""
        entry = self._session.entry
        return None if entry is None or not self._judged.begun(entry) else self._judged.of(entry)

    def _show_preview(self) -> None:
        if self._dialog is None:
            return
        choices = self._dialog.choices()
        item, review, inspection = self._item(choices), self._review(), self._session.inspection
        if item is not None and inspection is not None:
            accepted = choices.accepted and review is not None
            lane, make = "files", partial(preview, item)
            if accepted and review is not None:
                lane = "inference"
                make = partial(preview_judged, self._workbench, item, inspection, review)
            self._bridge.start(
                lane,
                PREVIEW,
                make,
                on_snapshot=self._take_preview,
                on_error=self.failed.emit,
            )

    def _take_preview(self, image: Any) -> None:
        if self._dialog is not None:
            self._dialog.show_preview(image)

    def _dialog_closed(self) -> None:
        assert self._dialog is not None
        self._bridge.cancel(PREVIEW)
        self._dialog.deleteLater()
        self._dialog = None

    def _accept(self) -> None:
        assert self._dialog is not None
        choices = self._dialog.choices()
        self._settings.set_state(CHOICES, choices.state())
        self.export(choices)

    def again(self) -> None:
        """The same as last time, without the dialog."""
        if not self._session.has_result():
            self.status.emit(self.tr("There is nothing to export yet."))
        elif not self._settings.state(CHOICES):
            self.ask()
        else:
            self.export(self.suggestion())

    def export(self, choices: Choices) -> None:
        """Write, after a question where a file is already there."""
        session, entry = self._session, self._session.entry
        many, accepted = choices.scope not in (PICTURE, CHOSEN), choices.accepted
        paths = self._paths(choices.scope, judged=accepted) if many else ()
        if accepted and not (paths if many else self._review()):
            self.status.emit(self.tr("Nothing was judged in these pictures yet."))
            return
        self._spec = ExportSpec(
            choices,
            entry.title if entry else "",
            path=entry.path if entry else None,
            paths=paths,
            model=session.model,
            device=session.device,
            precision=session.precision_used,
            thresholds=session.selection.thresholds if session.selection else None,
            reviews=self._judged.of_paths(paths) if accepted else None,
        )
        self._bridge.start(
            "files",
            EXPORT,
            partial(find_existing, self._spec),
            on_snapshot=self._ask_to_replace,
            on_error=self._fail,
        )

    def _ask_to_replace(self, there: list[Path]) -> None:
        """Ask before anything is replaced; nothing there needs no question."""
        if not there:
            self._start()
            return
        assert self._spec is not None
        names = ", ".join(path.name for path in there[:NAMED])
        if len(there) > NAMED:
            more = QLocale().toString(len(there) - NAMED)
            names = self.tr("{names} and {count} more").format(names=names, count=more)
        self._question = QMessageBox(self._parent)
        self._question.setObjectName("detection.export.overwrite")
        self._question.setIcon(QMessageBox.Icon.Question)
        self._question.setWindowTitle(self.tr("Overwrite?"))
        self._question.setText(
            self.tr("In {folder} there is already: {names}.").format(
                folder=self._spec.choices.path, names=names
            )
        )
        overwrite = self._question.addButton(
            self.tr("Overwrite"), QMessageBox.ButtonRole.AcceptRole
        )
        overwrite.setObjectName("detection.export.overwrite.button")
        overwrite.setAutoDefault(False)  # Return must never replace a file
        cancel = self._question.addButton(QMessageBox.StandardButton.Cancel)
        self._question.setDefaultButton(cancel)
        self._question.setEscapeButton(cancel)
        self._question.accepted.connect(self._start)
        self._question.finished.connect(self._question.deleteLater)
        self._question.open()

    # Do

    def _item(self, choices: Choices) -> ExportItem | None:
        """What is shown of the open picture, as an export wants it."""
        from engine.export.item import ExportItem

        session = self._session
        detections = session.detections()
        if detections is None or session.opened is None or session.inspection is None:
            return None
        if choices.scope == CHOSEN and not choices.accepted:
            chosen = set(self._chosen())
            detections = detections.only(
                [row for row, pair in enumerate(detections.pairs) if pair in chosen]
            )
        return ExportItem(
            session.entry.title if session.entry else "",
            session.opened.picture.pixels,
            detections,
            source=session.opened.picture.path,
            trace=session.inspection.trace,
            layers=choices.layers,
            style=choices.style,
        )

    def _start(self) -> None:
        """Write; of the open picture as soon as every mask that is shown is there."""
        spec = self._spec
        if spec is None:
            return
        self._written, self._problems = [], []
        if spec.paths:
            self._run("inference", partial(write_many, self._workbench, spec))
            return
        item = self._item(spec.choices)
        if item is None:
            return
        selection = self._session.selection
        asked = selection is not None and len(selection.waiting) > 0  # boxes still unanswered
        self._waiting = asked or bool(item.detections.pending)
        if self._waiting:
            self.status.emit(self.tr("Exporting… (waiting for the last masks)"))
            return
        review, inspection = self._review(), self._session.inspection
        if spec.reviews is None or review is None or inspection is None:
            self._run("files", partial(write_one, spec, item))
            return
        make = partial(write_judged, self._workbench, spec, item, inspection, review)
        self._run("inference", make)

    def _run(self, lane: str, make: Any) -> None:
        self._bridge.start(
            lane,
            EXPORT,
            make,
            on_snapshot=self._tell,
            on_increments=self._collect,
            on_done=self._done,
            on_error=self._fail,
            increment=itself,
        )

    def cancel(self) -> None:
        """Stop; what was written stays."""
        self._bridge.cancel(EXPORT)
        self.strip.hide()
        self.status.emit(
            self.tr("The export was stopped; files written: {count}").format(
                count=QLocale().toString(len(self._written))
            )
        )

    def _look_again(self) -> None:
        if self._dialog is not None:
            self._show_preview()  # masks that came meanwhile
        if self._waiting:
            self._waiting = False
            self._start()

    def _tell(self, progress: ExportProgress) -> None:
        number = QLocale()
        text = self.tr("Exporting… {done} of {count}  {name}").format(
            done=number.toString(progress.done),
            count=number.toString(progress.count),
            name=progress.name,
        )
        self.strip.show_progress(text.rstrip(), progress.done, progress.count)

    def _collect(self, steps: tuple[ExportProgress, ...]) -> None:
        for step in steps:
            self._written.extend(step.files)
            if step.error is not None:
                self._problems.append(step.error)

    def _fail(self, error: Exception) -> None:
        self.strip.hide()
        self.failed.emit(error)

    def _done(self) -> None:
        assert self._spec is not None
        self.strip.hide()
        number, folder = QLocale(), self._spec.choices.path
        if self._spec.paths:
            text = self.tr("Written to {folder}: {count} files").format(
                folder=folder, count=number.toString(len(self._written))
            )
        else:
            names = ", ".join(path.name for path in self._written)
            text = self.tr("Written to {folder}: {names}").format(folder=folder, names=names)
        if self._problems:
            text = self.tr("{text}. Left out: {count} (the first: {reason})").format(
                text=text,
                count=number.toString(len(self._problems)),
                reason=sentence(self._problems[0]),
            )
        self.status.emit(text)
        self.written.emit(tuple(self._written))
