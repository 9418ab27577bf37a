"""Ground truth in a few lines: where from, what counts as found, and how many are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.file_text import printable
from gui import icons, theme
from gui.detection.ground_truth.match_counts import MatchCounts
from gui.detection.ground_truth.store import GroundTruthStore
from gui.messages import sentence, tally_sentences
from gui.widgets.slider_field import Threshold
from gui.widgets.user_text import tip

BESIDE, FILE, FOLDER = "beside", "file", "folder"


class GroundTruthPanel(QWidget):
    """Controls of a `GroundTruthStore`.

    Signals:
        survey_wanted: the whole list is to be measured.
        chosen: a file or folder was, or what lies beside each picture (None).
    """

    survey_wanted = Signal()
    chosen = Signal(object)

    def __init__(self, store: GroundTruthStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.truth.panel")
        self._store = store
        self.check = QCheckBox(self)
        self.check.setObjectName("detection.truth.check")
        self.check.setChecked(True)
        self.source = QComboBox(self)
        self.source.setObjectName("detection.truth.source.combo")
        self.source.setMinimumContentsLength(8)
        self.source.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for name in (BESIDE, FILE, FOLDER):
            self.source.addItem(name, name)
        self.iou = Threshold("detection.truth.iou", store.iou, self, minimum=0.05)
        self.told = QLabel(self)
        self.told.setObjectName("detection.truth.label")
        self.told.setProperty("role", "muted")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.images = QPushButton(self)
        self.images.setObjectName("detection.truth.images.button")
        self.counts = MatchCounts("detection.truth", self)
        self.survey = QToolButton(self)
        self.survey.setObjectName("detection.survey.button")
        icons.set_icon(self.survey, "search")
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.source.activated.connect(self._choose)
        self.images.clicked.connect(self._choose_images)
        self.iou.changed.connect(store.set_iou)
        self.survey.clicked.connect(self.survey_wanted)
        store.changed.connect(self.refresh)
        self.retranslate()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.GAP)
        first.addWidget(self.check)
        first.addWidget(self.source, 1)
        first.addWidget(self.survey)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(first)
        layout.addWidget(self.told)
        layout.addWidget(self.images, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.iou)
        layout.addWidget(self.counts)

    def refresh(self) -> None:
        """Count anew."""
        store = self._store
        known = store.truth is not None
        self.iou.setVisible(known)
        self.counts.show_matching(store.matching)
        self.told.setVisible(True)
        self.images.setVisible(False)
        if store.truth is not None:
            self.told.setText(" ".join(tally_sentences(store.truth.tally())))
            self.told.setVisible(bool(self.told.text()))
        elif store.error is not None:
            self.told.setText(sentence(store.error))
        elif store.reading is not None:
            self.told.setText(self.tr("The ground truth is being read."))
        elif store.is_stopped():
            told = self.tr("Reading the ground truth was stopped. Choose it again to read it.")
            self.told.setText(told)
        elif store.source.path is None:
            self.told.setText(self.tr("No ground truth lies beside this picture."))
        elif store.namesake is not None:
            told = self.tr("It tells of another picture of this name, in {folder}.")
            self.told.setText(told.format(folder=printable(str(store.namesake.parent))))
            self.images.setVisible(True)
        else:
            self.told.setText(self.tr("It says nothing of this picture."))
        if store.truth is not None:
            self.source.setToolTip(tip(str(store.truth.source)))

    def _choose(self, index: int) -> None:
        chosen = self.source.itemData(index)
        if chosen == BESIDE:
            self._store.set_source(None)
            self._show_source()
            self.chosen.emit(None)
        else:
            self.ask(folder=chosen == FOLDER)

    def ask(self, *, folder: bool = False) -> None:
        """Ask for a file or a folder without blocking, and use it."""
        dialog = QFileDialog(self, self.tr("Ground truth"))
        dialog.setObjectName("detection.truth.dialog")
        if folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            from engine.annotations.reading import suffixes

            endings = " ".join(f"*{suffix}" for suffix in suffixes())
            dialog.setNameFilters([self.tr("Annotations ({endings})").format(endings=endings)])
        dialog.fileSelected.connect(self.take_source)
        dialog.finished.connect(self._show_source)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_source(self, name: str) -> None:
        """Use a file or folder."""
        self._store.set_source(Path(name))
        self._show_source()
        self.chosen.emit(Path(name))

    def _choose_images(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder of the pictures"))
        dialog.setObjectName("detection.truth.images.dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        if (picture := self._store.picture()) is not None:
            dialog.setDirectory(str(picture.parent))
        dialog.fileSelected.connect(self.take_images)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_images(self, name: str) -> None:
        """Look for the pictures that the source tells of in a folder."""
        self._store.set_images(Path(name))

    def _show_source(self) -> None:
        """The combo box says what is in use, whatever was tried."""
        source = self._store.source.path
        kind = BESIDE if source is None else FOLDER if source.is_dir() else FILE
        self.source.setCurrentIndex(self.source.findData(kind))
        texts = {
            BESIDE: self.tr("beside it"),
            FILE: self.tr("from a file…"),
            FOLDER: self.tr("from a folder…"),
        }
        for index in range(self.source.count()):
            self.source.setItemText(index, texts[self.source.itemData(index)])
        if source is not None:
            self.source.setItemText(self.source.currentIndex(), source.name)

    def retranslate(self) -> None:
        from engine.annotations.reading import titles

        self.check.setText(self.tr("Ground truth"))
        told = self.tr("Compare with what people marked: {formats}")
        self.check.setToolTip(told.format(formats=", ".join(titles())))
        self.source.setAccessibleName(self.tr("Source of the ground truth"))
        self.iou.set_texts(
            self.tr("IoU"), self.tr("From this overlap on an object counts as found")
        )
        self.images.setText(self.tr("Its pictures lie in…"))
        self.images.setToolTip(
            self.tr("Choose the folder of copies that the ground truth shall be compared with")
        )
        self.survey.setAccessibleName(self.tr("Survey the list"))
        self.survey.setToolTip(self.tr("Where are objects lost, over all pictures of the list?"))
        self._show_source()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
