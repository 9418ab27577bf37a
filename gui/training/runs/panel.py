"""The list of runs at the right of the Training workspace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    QUrl,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, number_text, theme
from gui.training.run_folder import Run

NAME, LOSS = range(2)
CHANGES = ("continue", "fork", "rename", "delete")  # what is done with a run
# As `new_folder` writes it: model, moment, number.
OUR_NAME = re.compile(r"(.+)-(\d{8}-\d{6})(?:-(\d+))?")
Index = QModelIndex | QPersistentModelIndex


class RunsModel(QAbstractTableModel):
    """Runs as rows: name, last loss."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._live: Path | None = None

    def set_runs(self, runs: tuple[Run, ...], live: Path | None) -> None:
        """Show these runs; `live` is the one that is being trained."""
        self.beginResetModel()
        self._runs, self._live = runs, live
        self.endResetModel()

    def run(self, row: int) -> Run | None:
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def is_live(self, run: Run) -> bool:
        """Whether it is the one that is being trained."""
        return run.path == self._live

    def row_of(self, path: Path) -> int:
        """The row of a folder, -1 when it is not listed."""
        for row, run in enumerate(self._runs):
            if run.path == path:
                return row
        return -1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index | None = None) -> int:
        return len((NAME, LOSS))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Run"), self.tr("Loss"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        run = self.run(index.row())
        if run is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(run, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(index.column())
        if role == Qt.ItemDataRole.FontRole and index.column() != NAME:
            return theme.tabular(QLabel().font())
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(run.path)
        if role == Qt.ItemDataRole.UserRole:
            return run.name
        return None

    def _text(self, run: Run, column: int) -> str:
        if column == NAME:
            return f"● {short_name(run)}" if run.path == self._live else short_name(run)
        return "–" if run.loss is None else number_text.write(run.loss, digits=3)

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, NAME, LOSS)


def alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def short_name(run: Run) -> str:
    """A folder we named ourselves, as model, day and time; any other by its name."""
    found = OUR_NAME.fullmatch(run.name)
    if found is None:
        return run.name
    moment = QDateTime.fromString(found[2], "yyyyMMdd-HHmmss")
    if not moment.isValid():
        return run.name
    day = moment.toString("dd.MM HH:mm")
    return f"{found[1]} {day}" + (f" ({found[3]})" if found[3] else "")


class RunsPanel(QWidget):
    """Runs with what can be done with one of them.

    Signals:
        chosen: a Run was selected by the user, alone.
        compared: several Runs were, as a tuple in the list's order; an empty one when they are
            no more.
        used: a Run is wanted in the Detection workspace.
        refreshed: the list is to be read again.
        continued, forked, renamed: that is to be done with a Run.
        deleted: that is to be done with a tuple of Runs.
    """

    chosen = Signal(object)
    compared = Signal(object)
    used = Signal(object)
    refreshed = Signal()
    continued = Signal(object)
    forked = Signal(object)
    renamed = Signal(object)
    deleted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self._refresh = QToolButton(self)
        self._refresh.setObjectName("training.refresh.button")
        icons.set_icon(self._refresh, "reset", token="muted")
        self._refresh.clicked.connect(self.refreshed)
        self.model = RunsModel(self)
        self.table = QTableView(self)
        self.table.setObjectName("training.runs.table")
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(28)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(LOSS, QHeaderView.ResizeMode.ResizeToContents)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self._empty = QLabel(self)
        self._empty.setObjectName("training.runs.empty")
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._facts = QLabel(self)
        self._facts.setObjectName("training.runs.facts")
        self._facts.setProperty("role", "muted")
        self._facts.setWordWrap(True)
        self._use = QPushButton(self)
        self._use.setObjectName("training.use.button")
        self._use.clicked.connect(self._on_use)
        self._folder = QPushButton(self)
        self._folder.setObjectName("training.folder.button")
        self._folder.clicked.connect(self._on_folder)
        self._buttons = {name: QPushButton(self) for name in CHANGES}
        for name, button in self._buttons.items():
            button.setObjectName(f"training.{name}.button")
        self._actions = {name: QAction(self) for name in CHANGES}
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.table.addActions(list(self._actions.values()))
        for name, do in (
            ("continue", self.go_on),
            ("fork", self.fork),
            ("rename", self.rename),
            ("delete", self.delete),
        ):
            self._buttons[name].clicked.connect(do)
            self._actions[name].triggered.connect(do)
        self._training = False
        self._shown: Path | None = None  # the run that `select` or a choice was of
        self._compared: set[Path] = set()  # the last that were told
        self._lay_out()
        self.retranslate()
        self._update()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self.table, 1)
        column.addWidget(self._facts)
        column.addWidget(self._use)
        column.addWidget(self._folder)
        for name in ("continue", "fork"):
            column.addWidget(self._buttons[name])
        pair = QHBoxLayout()
        pair.setSpacing(8)
        for name in ("rename", "delete"):
            pair.addWidget(self._buttons[name], 1)
        column.addLayout(pair)

    def set_runs(self, runs: Sequence[Run], live: Path | None = None) -> None:
        """Show these runs and keep the selection where it was."""
        kept = {run.path for run in self.selected()}
        # What the program selects is no choice of the user's.
        with QSignalBlocker(self.table.selectionModel()):
            self.model.set_runs(tuple(runs), live)
            self._select_rows(self.model.row_of(path) for path in kept)
        self._update()
        self._tell_compared()

    def set_training(self, training: bool) -> None:
        """Whether a training runs: then no other one begins."""
        self._training = training
        self._update()

    def can(self, name: str) -> bool:
        """Whether "continue", "fork", "rename" or "delete" can be done with what is selected.

        Several runs can only be deleted.
        """
        if name == "delete":
            runs = self.selected()
            return bool(runs) and not (self._training and any(map(self.model.is_live, runs)))
        run = self.current()
        if run is None:
            return False
        if name in ("continue", "fork"):
            return bool(run.states) and not self._training
        return not (self._training and self.model.is_live(run))

    def go_on(self) -> None:
        """Ask to continue the selected run."""
        self._ask("continue", self.continued)

    def fork(self) -> None:
        """Ask to fork the selected run."""
        self._ask("fork", self.forked)

    def rename(self) -> None:
        """Ask for another name of the selected run."""
        self._ask("rename", self.renamed)

    def delete(self) -> None:
        """Ask to delete the selected runs."""
        if self.can("delete"):
            self.deleted.emit(self.selected())

    def _ask(self, name: str, signal: SignalInstance) -> None:
        run = self.current()
        if run is not None and self.can(name):
            signal.emit(run)

    def select(self, path: Path) -> None:
        """Select the run that is shown, without telling of its choice.

        Several that are selected stay as long as no other one is shown than before.
        """
        known = path == self._shown or any(run.path == path for run in self.selected())
        row = self.model.row_of(path)
        if row < 0 or (len(self.selected()) > 1 and known):
            return
        self._shown = path
        with QSignalBlocker(self.table.selectionModel()):
            self._select_rows([row])
        self.table.viewport().update()
        self._update()
        self._tell_compared()

    def select_none(self) -> None:
        """Select no run: what is shown is none of the list."""
        self._shown = None
        with QSignalBlocker(self.table.selectionModel()):
            self._select_rows(())
        self.table.viewport().update()
        self._update()
        self._tell_compared()

    def selected(self) -> tuple[Run, ...]:
        """The selected runs in the list's order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(run for row in rows if (run := self.model.run(row)) is not None)

    def current(self) -> Run | None:
        """The selected run; None where there is none or several are."""
        runs = self.selected()
        return runs[0] if len(runs) == 1 else None

    def _select_rows(self, rows: Iterable[int]) -> None:
        """Select these rows alone, whatever keys are held: `selectRow` would heed them."""
        selection = QItemSelection()
        for row in rows:
            if row >= 0:
                selection.select(self.model.index(row, NAME), self.model.index(row, LOSS))
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().select(selection, how)

    def _update(self) -> None:
        run = self.current()
        some = self.model.rowCount() > 0
        self.table.setVisible(some)
        self._empty.setVisible(not some)
        self._use.setEnabled(run is not None and run.usable)
        self._folder.setEnabled(run is not None)
        for name, button in self._buttons.items():
            button.setEnabled(self.can(name))
            self._actions[name].setEnabled(self.can(name))
        count = len(self.selected())
        several = self.tr("Selected runs: {count}").format(count=count) if count > 1 else ""
        self._facts.setText(several if run is None else self._describe(run))

    def _describe(self, run: Run) -> str:
        data = self.tr("generated shapes") if run.data == "shapes" else Path(run.data).name
        lines = [self.tr("{steps} steps on {data}").format(steps=run.steps, data=data)]
        for kind, name in (
            ("bbox", self.tr("boxes")),
            ("segm", self.tr("masks")),
            ("keypoints", self.tr("keypoints")),
        ):
            values = run.evaluation.get(kind)
            if isinstance(values, dict) and isinstance(values.get("AP50"), int | float):
                figure = number_text.write_metric(values["AP50"])
                lines.append(self.tr("AP50 of {what}: {value}").format(what=name, value=figure))
        if not run.usable:
            lines.append(self.tr("Its weights are not saved yet."))
        return "\n".join(lines)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("RUNS"))
        self._refresh.setToolTip(self.tr("Read the list again"))
        self._refresh.setAccessibleName(self.tr("Read the list again"))
        self.table.setAccessibleName(self.tr("Runs"))
        self.table.setToolTip(self.tr("Ctrl+click or Shift+click selects several to be compared"))
        self._empty.setText(self.tr("No runs yet. Every training is kept here and can be used."))
        self._use.setText(self.tr("Use in Detection"))
        self._use.setToolTip(self.tr("Detect with the weights of this run"))
        self._folder.setText(self.tr("Show Folder"))
        self._folder.setToolTip(self.tr("Open the run's folder in the file manager"))
        texts = {
            "continue": (
                self.tr("Continue"),
                self.tr("Go on with this run from its last checkpoint"),
            ),
            "fork": (
                self.tr("Fork…"),
                self.tr("Begin a new run from a checkpoint of this one; this one stays as it is"),
            ),
            "rename": (self.tr("Rename…"), self.tr("Give the run's folder another name")),
            "delete": (
                self.tr("Delete…"),
                self.tr("Move the selected runs with all of their checkpoints to the bin"),
            ),
        }
        for name, (text, hint) in texts.items():
            self._buttons[name].setText(text)
            self._buttons[name].setToolTip(hint)
            self._actions[name].setText(text)
        self.model.retranslate()
        self._update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self._update()
        run = self.current()
        if run is not None:
            self._shown = run.path
            self.chosen.emit(run)
        self._tell_compared()

    def _tell_compared(self) -> None:
        """Tell of several selected runs, and when they are no more."""
        runs = self.selected()
        runs = runs if len(runs) > 1 else ()
        paths = {run.path for run in runs}  # their order in the list changes while they grow
        if paths != self._compared:
            self._compared = paths
            self.compared.emit(runs)

    def _on_use(self) -> None:
        run = self.current()
        if run is not None and run.usable:
            self.used.emit(run)

    def _on_folder(self) -> None:
        run = self.current()
        if run is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.path)))
