"""The user's own file: chosen, asked about before it runs, and stopped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)

from engine.file_text import printable
from gui import theme
from gui.networks.tasks.setup import OWN, TaskSetup
from gui.settings import Settings
from gui.widgets.user_text import tip

FOLDER = "networks/own_folder"  # the setting: where the last own file lay

Version = tuple[str, int, int]  # path, time of change, bytes


class OwnBar(QFrame):
    """A strip that says what becomes of the user's file, with one button.

    Signals:
        run_wanted, cancel_wanted: the button was pressed.
    """

    run_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networks.tasks.own.bar")
        self.setProperty("role", "panel")
        self.said = QLabel(self)
        self.said.setObjectName("networks.tasks.own.label")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.run = QPushButton(self)
        self.run.setObjectName("networks.tasks.own.run.button")
        self.cancel = QPushButton(self)
        self.cancel.setObjectName("networks.tasks.own.cancel.button")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, 6, theme.MARGIN, 6)
        row.addWidget(self.said, 1)
        row.addWidget(self.run)
        row.addWidget(self.cancel)
        self.run.clicked.connect(self.run_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self._file, self._running = "", False
        self.hide()
        self.retranslate()

    def show_file(self, file: str, *, waiting: bool, running: bool) -> None:
        """Say how things stand with a file; nothing where it neither waits nor runs."""
        self._file, self._running = file, running
        self.run.setVisible(waiting)
        self.cancel.setVisible(running)
        self.setVisible(waiting or running)
        self._say()

    def _say(self) -> None:
        name = printable(Path(self._file).name)
        text = (
            self.tr("{name} is running")
            if self._running
            else self.tr("{name} does not run until you allow it")
        )
        self.said.setText(text.format(name=name))
        self.said.setToolTip(tip(self._file))

    def retranslate(self) -> None:
        self.run.setText(self.tr("Run…"))
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("End the file's process"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class OwnFile(QObject):
    """Knows which file the user has allowed to run; nothing else lets one run.

    It is allowed as it is now and as long as it is the task: not after it was changed, nor
    when it comes back by undo, with the program's start or from a file of somebody else.

    Signals:
        chosen: a path that the user has allowed and wants as the task.
        allowed: the file of the task may run now.
    """

    chosen = Signal(str)
    allowed = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._window = parent
        self._allowed: Version | None = None
        self._asked = ""
        self.question: QMessageBox | None = None

    def may_run(self, setup: TaskSetup) -> bool:
        """Whether the task of a setup may be run without asking; forgets it for another task."""
        if setup.fit.task != OWN:
            self._allowed = None
            return True
        if self._allowed is None or version(setup.fit.file or "") != self._allowed:
            self._allowed = None
            return False
        return True

    @Slot()
    def choose(self) -> None:
        """Ask for a file without blocking, then whether it may run."""
        dialog = QFileDialog(self._window, self.tr("Own File"))
        dialog.setObjectName("dialog.own_file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Python files (*.py)"))
        folder = self._settings.folder(FOLDER)
        if folder:
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.ask_new)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_new(self, path: str) -> None:
        """Ask whether a file that is to be the task may run."""
        self._settings.set_text(FOLDER, str(Path(path).parent))
        self._ask(path, self._on_new)

    def ask_again(self, path: str) -> None:
        """Ask whether the file of the task may run."""
        self._ask(path, self._on_again)

    def _ask(self, path: str, answered: object) -> None:
        self._asked = path
        self.question = QMessageBox(self._window)
        self.question.setObjectName("dialog.run_own_file")
        self.question.setIcon(QMessageBox.Icon.Warning)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWindowTitle(self.tr("Run This File?"))
        text = self.tr("Run {name}?")
        self.question.setText(text.format(name=printable(Path(path).name)))
        self.question.setInformativeText(
            self.tr(
                "{path}\n\nThis Python program will run on your computer with all that you may"
                " do: it can read and delete your files. Run it only if you wrote it or trust"
                " who did."
            ).format(path=printable(path))
        )
        run = self.question.addButton(self.tr("Run"), QMessageBox.ButtonRole.AcceptRole)
        run.setObjectName("dialog.run_own_file.run.button")
        cancel = self.question.addButton(QMessageBox.StandardButton.Cancel)
        self.question.setDefaultButton(cancel)
        self.question.accepted.connect(answered)
        self.question.finished.connect(self.question.deleteLater)
        self.question.open()

    def _on_new(self) -> None:
        self._allowed = version(self._asked)
        self.chosen.emit(self._asked)

    def _on_again(self) -> None:
        self._allowed = version(self._asked)
        self.allowed.emit()


def version(path: str) -> Version | None:
    """What tells a file from what it was before; None where there is none."""
    try:
        facts = Path(path).stat()
    except OSError:
        return None
    return path, facts.st_mtime_ns, facts.st_size
