"""Asks what to export and where to; writes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDir, QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.detection.jobs import ExportSpec


class ExportDialog(QDialog):
    """Folder and formats, and the names of the files that will be written."""

    def __init__(self, spec: ExportSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.export.dialog")
        self._spec = spec
        self.folder = QLineEdit(str(spec.folder), self)
        self.folder.setObjectName("detection.export.folder.field")
        self.folder.setMinimumWidth(360)
        self.browse = QPushButton(self)
        self.browse.setObjectName("detection.export.browse.button")
        self.picture = QCheckBox(self)
        self.picture.setObjectName("detection.export.picture.check")
        self.picture.setChecked(spec.picture)
        self.coco = QCheckBox(self)
        self.coco.setObjectName("detection.export.coco.check")
        self.coco.setChecked(spec.coco)
        self.label = QLabel(self)
        self.label.setBuddy(self.folder)
        self.files = QLabel(self)
        self.files.setObjectName("detection.export.files.label")
        self.files.setProperty("role", "muted")
        self.buttons = QDialogButtonBox(self)
        self.accept_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        self.accept_button.setObjectName("detection.export.ok.button")
        self.accept_button.setProperty("role", "primary")
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setObjectName(
            "detection.export.cancel.button"
        )
        self._lay_out()
        self.browse.clicked.connect(self._browse)
        self.folder.textChanged.connect(self._show_files)
        self.picture.toggled.connect(self._show_files)
        self.coco.toggled.connect(self._show_files)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.retranslate()

    def _lay_out(self) -> None:
        place = QGridLayout()
        place.setSpacing(theme.GAP)
        place.addWidget(self.label, 0, 0)
        place.addWidget(self.folder, 0, 1)
        place.addWidget(self.browse, 0, 2)
        layout = QVBoxLayout(self)
        margin = 2 * theme.GAP
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.picture)
        layout.addWidget(self.coco)
        layout.addLayout(place)
        layout.addWidget(self.files)
        layout.addWidget(self.buttons)

    def spec(self) -> ExportSpec:
        """What was chosen."""
        folder = Path(self.folder.text().strip()).expanduser()
        return replace(
            self._spec,
            folder=folder,
            picture=self.picture.isChecked(),
            coco=self.coco.isChecked(),
        )

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_folder(self, name: str) -> None:
        self.folder.setText(QDir.toNativeSeparators(name))

    def _show_files(self) -> None:
        spec = self.spec()
        names = ", ".join(path.name for path in spec.files)
        possible = bool(names) and bool(self.folder.text().strip())
        self.files.setText(
            self.tr("Files: {names}").format(names=names)
            if names
            else self.tr("Choose at least one of the two.")
        )
        self.accept_button.setEnabled(possible)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export detections"))
        self.picture.setText(self.tr("Annotated picture at full size (PNG)"))
        self.coco.setText(self.tr("Detections with masks (COCO JSON)"))
        self.label.setText(self.tr("Folder"))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setToolTip(self.tr("The folder to write to; it is made when it is missing"))
        self.browse.setText(self.tr("Browse…"))
        self.browse.setToolTip(self.tr("Choose the folder"))
        self.accept_button.setText(self.tr("Export"))
        self._show_files()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
