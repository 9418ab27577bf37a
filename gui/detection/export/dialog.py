"""Asks what to export, how it shall look and where to; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QDir, QEvent, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.detection.export.choices import CHOSEN, LIST, PICTURE, SCOPES, SELECTION, Choices
from gui.detection.export.style_form import ExportLook

FIRST_SIZE = QSize(1120, 640)
PREVIEW_SIZE = QSize(240, 180)  # at least
FEWEST = {PICTURE: 1, CHOSEN: 1, SELECTION: 2, LIST: 2}  # from which a scope is offered
OF_THE_MODEL = ("npz",)  # what holds the model's own stages, which nobody judges
SETTLE_MS = 20  # a dragged slider asks for one preview an event round, not for ten


class ExportDialog(QDialog):
    """Pictures, formats, folder and look, with a preview.

    Signals:
        look_changed: layers, style or what is drawn; a new preview is wanted.
    """

    look_changed = Signal()

    def __init__(
        self,
        choices: Choices,
        counts: Mapping[str, int],
        judged: Mapping[str, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Build it.

        Args:
            counts: how many pictures each of `SCOPES` means; how many detections, of the
                chosen ones.
            judged: how many of those pictures a person has judged.
        """
        from engine.export.formats import variants

        super().__init__(parent)
        self.setObjectName("detection.export.dialog")
        self._counts, self._judged = dict(counts), dict(judged or {})
        self._image = QImage()
        self._titles = {
            name: QLabel(self) for name in ("pictures", "formats", "folder", "look", "preview")
        }
        self.scope = QComboBox(self)
        self.scope.setObjectName("detection.export.scope.combo")
        self.scope.setMinimumWidth(240)
        for scope in SCOPES:
            if counts.get(scope, 0) >= FEWEST[scope]:
                self.scope.addItem(scope, scope)
        self.scope.setCurrentIndex(max(self.scope.findData(choices.scope), 0))
        self.only_accepted = QCheckBox(self)
        self.only_accepted.setObjectName("detection.export.accepted.check")
        self.only_accepted.setVisible(any(self._judged.values()))
        self.only_accepted.setChecked(choices.accepted and any(self._judged.values()))
        self.formats: dict[str, QCheckBox] = {}
        self.variants: dict[str, QComboBox] = {}
        for name, kinds in variants().items():
            self._add_format(name, kinds, choices.formats)
        self.folder = QLineEdit(choices.folder, self)
        self.folder.setObjectName("detection.export.folder.field")
        self.browse = QPushButton(self)
        self.browse.setObjectName("detection.export.browse.button")
        self.problem = QLabel(self)
        self.problem.setObjectName("detection.export.files.label")
        self.problem.setProperty("role", "muted")
        self.problem.setWordWrap(True)
        self.look = ExportLook(choices, self)
        self.preview = QLabel(self)
        self.preview.setObjectName("detection.export.preview")
        self.preview.setMinimumSize(PREVIEW_SIZE)
        self.preview.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons = QDialogButtonBox(self)
        self.accept_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        self.accept_button.setObjectName("detection.export.ok.button")
        self.accept_button.setProperty("role", "primary")
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setObjectName(
            "detection.export.cancel.button"
        )
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.look_changed)
        self._lay_out()
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self.browse.clicked.connect(self._browse)
        self.folder.textChanged.connect(self._check)
        self.scope.currentIndexChanged.connect(self._check)
        self.scope.currentIndexChanged.connect(self._settle.start)
        self.look.changed.connect(self._settle.start)
        self.only_accepted.toggled.connect(self._check)
        self.only_accepted.toggled.connect(self._settle.start)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.retranslate()

    def _add_format(self, name: str, kinds: tuple[str, ...], chosen: tuple[str, ...]) -> None:
        check = QCheckBox(self)
        check.setObjectName(f"detection.export.{name}.check")
        check.setChecked(any(kind in chosen for kind in kinds))
        check.toggled.connect(self._check)
        self.formats[name] = check
        if len(kinds) > 1:
            combo = QComboBox(self)
            combo.setObjectName(f"detection.export.{name}.combo")
            for kind in kinds:
                combo.addItem(kind, kind)
            taken = next((kind for kind in kinds if kind in chosen), kinds[0])
            combo.setCurrentIndex(combo.findData(taken))
            self.variants[name] = combo

    def _lay_out(self) -> None:
        for title in self._titles.values():
            title.setProperty("role", "section")
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self._titles["pictures"])
        left.addWidget(self.scope)
        left.addWidget(self.only_accepted)
        left.addSpacing(theme.GAP)
        left.addWidget(self._titles["formats"])
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP)
        for row, name in enumerate(self.formats):
            if name in self.variants:
                pair = QHBoxLayout()
                pair.setSpacing(0)
                pair.addWidget(self.formats[name])
                pair.addWidget(self.variants[name], 1)
                grid.addLayout(pair, row, 0)
            else:
                grid.addWidget(self.formats[name], row, 0)
        left.addLayout(grid)
        left.addSpacing(theme.GAP)
        left.addWidget(self._titles["folder"])
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        left.addLayout(place)
        left.addWidget(self.problem)
        left.addStretch(1)
        middle = QVBoxLayout()
        middle.setSpacing(theme.GAP)
        middle.addWidget(self._titles["look"])
        middle.addWidget(self.look)
        middle.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(theme.GAP)
        right.addWidget(self._titles["preview"])
        right.addWidget(self.preview, 1)
        columns = QHBoxLayout()
        columns.setSpacing(3 * theme.GAP)
        columns.addLayout(left)
        columns.addLayout(middle)
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        margin = 2 * theme.GAP
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.MARGIN)
        layout.addLayout(columns, 1)
        layout.addWidget(self.buttons)

    def choices(self) -> Choices:
        """What was chosen."""
        formats = tuple(
            self.variants[name].currentData() if name in self.variants else name
            for name, check in self.formats.items()
            if check.isChecked() and not (self.only_accepted.isChecked() and name in OF_THE_MODEL)
        )
        return Choices(
            folder=self.folder.text().strip(),
            scope=self.scope.currentData(),
            formats=formats,
            layers=self.look.layers_chosen(),
            style=self.look.style_chosen(),
            accepted=self.only_accepted.isChecked(),
        )

    def show_preview(self, image: QImage) -> None:
        """Show what the annotated picture will look like."""
        self._image = image
        self._scale_preview()

    def _scale_preview(self) -> None:
        if self._image.isNull():
            return
        ratio = self.preview.devicePixelRatioF()
        pixmap = QPixmap.fromImage(
            self._image.scaled(
                self.preview.size() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        pixmap.setDevicePixelRatio(ratio)
        self.preview.setPixmap(pixmap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scale_preview()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_folder(self, name: str) -> None:
        self.folder.setText(QDir.toNativeSeparators(name))

    def _check(self) -> None:
        """Whether it can be done, and if not, what is missing."""
        from engine.export.formats import FORMATS

        choices = self.choices()
        scope, accepted = choices.scope, choices.accepted
        judged = self._judged.get(scope, 0)
        for name in OF_THE_MODEL:
            self.formats[name].setEnabled(not accepted)
        self.look.setEnabled(any(FORMATS[name].drawn for name in choices.formats))
        told = ""
        if accepted and not judged:
            told = self.tr("Nothing was judged there yet.")
        elif not choices.formats:
            told = self.tr("Choose at least one format.")
        elif not choices.folder:
            told = self.tr("Name a folder.")
        elif choices.path.is_file():
            told = self.tr("{name} is a file, not a folder.").format(name=choices.path.name)
        elif not choices.path.is_dir():
            told = self.tr("The folder will be made.")
        self.problem.setText(told)
        possible = bool(choices.formats and choices.folder) and (judged > 0 or not accepted)
        self.accept_button.setEnabled(possible)
        number = QLocale().toString
        count = number(self._counts.get(scope, 0) if scope in (SELECTION, LIST) else 1)
        text = self.tr("Only what was accepted (judged pictures: {judged} of {count})")
        self.only_accepted.setText(text.format(judged=number(judged), count=count))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export detections"))
        self._titles["pictures"].setText(self.tr("PICTURES"))
        self._titles["formats"].setText(self.tr("FORMATS"))
        self._titles["folder"].setText(self.tr("FOLDER"))
        self._titles["look"].setText(self.tr("ANNOTATED PICTURES"))
        self._titles["preview"].setText(self.tr("PREVIEW"))
        self.scope.setAccessibleName(self.tr("Pictures"))
        self.scope.setToolTip(self.tr("Many pictures are looked at and written in the background"))
        self.only_accepted.setToolTip(
            self.tr(
                "As it was judged: classes, moved and drawn boxes. Masks of those are asked of the"
                " model anew. Pictures that nobody has judged are left out."
            )
        )
        number = QLocale()
        texts = {
            "picture": self.tr("The open picture"),
            "chosen": self.tr("The chosen detections: {count}"),
            "selection": self.tr("Selected in the list: {count}"),
            "list": self.tr("All in the list: {count}"),
        }
        for index in range(self.scope.count()):
            scope = self.scope.itemData(index)
            count = number.toString(self._counts.get(scope, 0))
            self.scope.setItemText(index, texts[scope].format(count=count))
        for name, check in self.formats.items():
            check.setText("" if name in self.variants else _title(name))
            check.setAccessibleName(_title(name))
            check.setToolTip(self.tr("Write this format"))
        for name, combo in self.variants.items():
            for index in range(combo.count()):
                combo.setItemText(index, _title(combo.itemData(index)))
            combo.setAccessibleName(self.formats[name].accessibleName())
            combo.setToolTip(self.tr("Which kind of this format"))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setToolTip(self.tr("The folder to write to; it is made when it is missing"))
        self.browse.setText(self.tr("Browse…"))
        self.browse.setToolTip(self.tr("Choose the folder"))
        self.preview.setAccessibleName(self.tr("Preview"))
        self.accept_button.setText(self.tr("Export"))
        self._check()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _title(name: str) -> str:
    from engine.export.formats import FORMATS

    return QCoreApplication.translate("engine", FORMATS[name].title)
