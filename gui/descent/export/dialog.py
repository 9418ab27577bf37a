"""Asks what is written of a race, how large, and where to; writes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QEvent, Slot
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
    QVBoxLayout,
    QWidget,
)

from engine.errors import ThalwegError
from engine.export.race.job import ANIMATIONS, FIGURES, ExportSpec
from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import sentence
from gui.widgets.number_field import NumberField

# What is offered: the file's ending and its name, marked for "descent".
FORMATS = {
    ".png": QT_TRANSLATE_NOOP("descent", "Figure, PNG"),
    ".svg": QT_TRANSLATE_NOOP("descent", "Figure, SVG"),
    ".pdf": QT_TRANSLATE_NOOP("descent", "Figure, PDF"),
    ".gif": QT_TRANSLATE_NOOP("descent", "Animation, GIF"),
    ".webp": QT_TRANSLATE_NOOP("descent", "Animation, WebP"),
    ".csv": QT_TRANSLATE_NOOP("descent", "Table of all steps, CSV"),
}
# Width and height in mm and dpi that a kind of file begins with.
BEGIN = {"figure": (280.0, 137.0, 150.0), "animation": (163.0, 142.0, 100.0)}


class RaceExportDialog(QDialog):
    """File, format, size and what is in the picture."""

    def __init__(self, spec: ExportSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.export.dialog")
        self._spec = spec
        self._film = spec.kind in ANIMATIONS
        self.file = QLineEdit(QDir.toNativeSeparators(str(spec.path)), self)
        self.file.setObjectName("descent.export.file.field")
        self.file.setMinimumWidth(360)
        self.browse = QPushButton(self)
        self.browse.setObjectName("descent.export.browse.button")
        self.format = QComboBox(self)
        self.format.setObjectName("descent.export.format.combo")
        for ending in FORMATS:
            self.format.addItem("", ending)
        self.format.setCurrentIndex(max(0, self.format.findData(spec.kind)))
        self.width_field = self._number("width", spec.width_mm, 20, 3000, step=10)
        self.height_field = self._number("height", spec.height_mm, 20, 3000, step=10)
        self.dpi = self._number("dpi", spec.dpi, 20, 2400, step=50)
        self.frames = self._number("frames", spec.frames, 1, 2000, step=10, integer=True)
        self.curves = QCheckBox(self)
        self.curves.setObjectName("descent.export.curves.check")
        self.curves.setChecked(spec.curves)
        self._labels = {name: QLabel(self) for name in ("file", "format", "size", "dpi", "frames")}
        for name, field in (
            ("file", self.file), ("format", self.format), ("size", self.width_field),
            ("dpi", self.dpi), ("frames", self.frames),
        ):  # fmt: skip
            self._labels[name].setBuddy(field)
        self.note = QLabel(self)
        self.note.setObjectName("descent.export.label")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        self.accept_button = QPushButton(self)
        self.accept_button.setObjectName("descent.export.ok.button")
        self.accept_button.setProperty("role", "primary")
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setObjectName(
            "descent.export.cancel.button"
        )
        self._lay_out()
        self.browse.clicked.connect(self._browse)
        self.file.textChanged.connect(self._on_file)
        self.format.currentIndexChanged.connect(self._on_format)
        for field in (self.width_field, self.height_field, self.dpi, self.frames):
            field.value_changed.connect(self._show)
        self.curves.toggled.connect(self._show)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.retranslate()

    def spec(self) -> ExportSpec:
        """What was chosen."""
        return replace(
            self._spec,
            path=Path(self.file.text().strip()).expanduser(),
            width_mm=self.width_field.value(),
            height_mm=self.height_field.value(),
            dpi=self.dpi.value(),
            curves=self.curves.isChecked(),
            frames=int(self.frames.value()),
        )

    def _number(
        self,
        name: str,
        value: float,
        low: float,
        high: float,
        *,
        step: float,
        integer: bool = False,
    ) -> NumberField:
        field = NumberField(value, self, minimum=low, maximum=high, step=step, integer=integer)
        field.setObjectName(f"descent.export.{name}.field")
        return field

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP)
        grid.addWidget(self._labels["file"], 0, 0)
        grid.addWidget(self.file, 0, 1)
        grid.addWidget(self.browse, 0, 2)
        grid.addWidget(self._labels["format"], 1, 0)
        grid.addWidget(self.format, 1, 1)
        size = QHBoxLayout()
        size.setSpacing(theme.GAP)
        size.addWidget(self.width_field)
        size.addWidget(QLabel("×", self))
        size.addWidget(self.height_field)
        size.addWidget(self._labels["dpi"])
        size.addWidget(self.dpi)
        size.addStretch(1)
        grid.addWidget(self._labels["size"], 2, 0)
        grid.addLayout(size, 2, 1, 1, 2)
        frames = QHBoxLayout()
        frames.addWidget(self.frames)
        frames.addStretch(1)
        grid.addWidget(self._labels["frames"], 3, 0)
        grid.addLayout(frames, 3, 1)
        layout = QVBoxLayout(self)
        margin = 2 * theme.GAP
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.MARGIN)
        layout.addLayout(grid)
        layout.addWidget(self.curves)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)

    # -- what happens ---------------------------------------------------------------------------

    @Slot()
    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export Race"), self.file.text())
        dialog.setObjectName("dialog.export_race")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # it is said here
        dialog.selectFile(self.file.text())
        dialog.fileSelected.connect(self._take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _take_file(self, name: str) -> None:
        self.file.setText(QDir.toNativeSeparators(name))

    @Slot(str)
    def _on_file(self, text: str) -> None:
        """The name's ending chooses the format, too."""
        index = self.format.findData(Path(text.strip()).suffix.lower())
        if index >= 0:
            self.format.setCurrentIndex(index)
        self._show()

    @Slot(int)
    def _on_format(self, _: int) -> None:
        """Another kind of file: the name takes its ending, a film another size than a figure."""
        ending = self.format.currentData()
        path = Path(self.file.text().strip())
        if path.name and path.suffix.lower() != ending:
            self.file.setText(QDir.toNativeSeparators(str(path.with_suffix(ending))))
        film = ending in ANIMATIONS
        if film != self._film:
            self._film = film
            begin = BEGIN["animation" if film else "figure"]
            for field, value in zip(
                (self.width_field, self.height_field, self.dpi), begin, strict=True
            ):
                field.set_value(value)
        self._show()

    @Slot()
    def _show(self, *_: object) -> None:
        """Say how many pixels it will be, or why it cannot be; grey what has no effect."""
        spec = self.spec()
        drawn = spec.kind in (*FIGURES, *ANIMATIONS)
        for field in (self.width_field, self.height_field, self._labels["size"]):
            field.setEnabled(drawn)
        counted = spec.kind == ".png" or spec.kind in ANIMATIONS
        self.dpi.setEnabled(counted)
        self._labels["dpi"].setEnabled(counted)
        self.frames.setEnabled(spec.kind in ANIMATIONS)
        self._labels["frames"].setEnabled(spec.kind in ANIMATIONS)
        self.curves.setEnabled(spec.kind in FIGURES)
        possible, notes = True, []
        try:
            spec.check()
        except ThalwegError as error:
            possible, notes = False, [sentence(error)]
        if possible and counted:
            width, height = spec.pixels
            notes.append(self.tr("{width} × {height} pixels.").format(width=width, height=height))
        if possible and spec.path.is_file():
            replaced = self.tr("{name} is there already and will be replaced.")
            notes.append(replaced.format(name=spec.path.name))
        self.note.setText(" ".join(notes))
        self.accept_button.setEnabled(possible)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export Race"))
        for index in range(self.format.count()):
            name = FORMATS[self.format.itemData(index)]
            self.format.setItemText(index, QCoreApplication.translate("descent", name))
        texts = (
            ("file", self.file, self.tr("File"), self.tr("The file to write")),
            ("format", self.format, self.tr("Format"), self.tr("As what the race is written")),
            ("size", self.width_field, self.tr("Size, mm"), self.tr("Width in millimetres")),
            ("dpi", self.dpi, self.tr("dpi"), self.tr("Pixels an inch")),
            ("frames", self.frames, self.tr("Frames"), self.tr("Pictures of the film, at most")),
        )
        for name, field, label, tip in texts:
            self._labels[name].setText(label)
            field.setAccessibleName(label)
            field.set_hint(tip) if isinstance(field, NumberField) else field.setToolTip(tip)
        self.width_field.setAccessibleName(self.tr("Width, mm"))
        self.height_field.setAccessibleName(self.tr("Height, mm"))
        self.height_field.set_hint(self.tr("Height in millimetres"))
        self.browse.setText(self.tr("Browse…"))
        self.browse.setToolTip(self.tr("Choose the file"))
        self.curves.setText(self.tr("Loss curves beside the map"))
        self.curves.setToolTip(self.tr("Without them the map has all of the figure"))
        self.accept_button.setText(self.tr("Export"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
