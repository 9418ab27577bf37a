"""Asks what is written of a race, how, and where to; shows it, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
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

from engine.errors import ThalwegError
from engine.export.scene.job import (
    ANIMATIONS,
    COLUMN_MM,
    MM,
    PAGE_MM,
    SLIDE_MM,
    TABLES,
    ExportSpec,
)
from engine.export.scene.records import Scene
from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import sentence
from gui.widgets.number_field import NumberField

# What is offered: the file's ending and its name, marked for "descent".
FORMATS = {
    ".png": QT_TRANSLATE_NOOP("descent", "Figure, PNG"),
    ".svg": QT_TRANSLATE_NOOP("descent", "Figure, SVG"),
    ".pdf": QT_TRANSLATE_NOOP("descent", "Figure, PDF"),
    ".mp4": QT_TRANSLATE_NOOP("descent", "Animation, MP4"),
    ".gif": QT_TRANSLATE_NOOP("descent", "Animation, GIF"),
    ".webp": QT_TRANSLATE_NOOP("descent", "Animation, WebP"),
    ".csv": QT_TRANSLATE_NOOP("descent", "Table of all steps, CSV"),
}
# How it may look: name, width in mm that it begins with (0: as it is), and its text.
LOOKS = {
    "screen": ("screen", 0.0, QT_TRANSLATE_NOOP("descent", "As in the window")),
    "column": ("paper", COLUMN_MM, QT_TRANSLATE_NOOP("descent", "Paper, one column")),
    "page": ("paper", PAGE_MM, QT_TRANSLATE_NOOP("descent", "Paper, two columns")),
    "slide": ("slide", SLIDE_MM, QT_TRANSLATE_NOOP("descent", "Slide, 16:9")),
}
THEMES = {
    "window": QT_TRANSLATE_NOOP("descent", "as the window"),
    "dark": QT_TRANSLATE_NOOP("descent", "dark"),
    "light": QT_TRANSLATE_NOOP("descent", "light"),
}
PARTS = {
    "title": QT_TRANSLATE_NOOP("descent", "Title and formula"),
    "caption": QT_TRANSLATE_NOOP("descent", "What the scene says"),
    "legend": QT_TRANSLATE_NOOP("descent", "Legends"),
    "bar": QT_TRANSLATE_NOOP("descent", "Colour bar"),
    "curves": QT_TRANSLATE_NOOP("descent", "Plots under the map"),
    "about": QT_TRANSLATE_NOOP("descent", "All hyper-parameters as text beside it"),
}
CM, PX = "cm", "px"
OF_PICTURES = ("look", "theme", "dpi")  # what a table does not have
PREVIEW = QSize(430, 330)


class RaceExportDialog(QDialog):
    """File, format, look, size and what is in the picture, with a preview.

    Signals:
        preview_wanted: a picture of what is chosen now.
    """

    preview_wanted = Signal(object)

    def __init__(self, spec: ExportSpec, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.export.dialog")
        self._spec, self._scene = spec, scene
        self._width_mm = spec.width_mm
        self.picture = QImage()
        self.file = QLineEdit(QDir.toNativeSeparators(str(spec.path)), self)
        self.file.setObjectName("descent.export.file.field")
        self.file.setMinimumWidth(260)
        self.browse = QPushButton(self)
        self.browse.setObjectName("descent.export.browse.button")
        self.format = self._combo("format", FORMATS, spec.kind)
        self.look = self._combo("look", LOOKS, look_key(spec))
        self.theme = self._combo("theme", THEMES, spec.theme)
        self.width_field = NumberField(spec.width_mm / 10, self, minimum=0, digits=5)
        self.width_field.setObjectName("descent.export.width.field")
        self.unit = self._combo("unit", (CM, PX), CM)
        self.dpi = NumberField(spec.dpi, self, minimum=20, maximum=2400, step=50)
        self.dpi.setObjectName("descent.export.dpi.field")
        self.frames = NumberField(spec.frames, self, minimum=1, maximum=2000, step=10, integer=True)
        self.frames.setObjectName("descent.export.frames.field")
        self.parts = {name: QCheckBox(self) for name in PARTS}
        for name, box in self.parts.items():
            box.setObjectName(f"descent.export.{name}.check")
            box.setChecked(getattr(spec, name))
            box.toggled.connect(self._show)
        self._labels = {name: QLabel(self) for name in (
            "file", "format", "look", "width", "dpi", "theme", "frames"
        )}  # fmt: skip
        for name, field in (
            ("file", self.file), ("format", self.format), ("look", self.look),
            ("width", self.width_field), ("dpi", self.dpi), ("theme", self.theme),
            ("frames", self.frames),
        ):  # fmt: skip
            self._labels[name].setBuddy(field)
        self.preview = QLabel(self)
        self.preview.setObjectName("descent.export.preview.label")
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setMinimumSize(PREVIEW)
        self.preview.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.note = QLabel(self)
        self.note.setObjectName("descent.export.label")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        self.accept_button = QPushButton(self)
        self.accept_button.setObjectName("descent.export.ok.button")
        self.accept_button.setProperty("role", "primary")
        self.accept_button.setDefault(True)
        self.browse.setAutoDefault(False)
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setObjectName(
            "descent.export.cancel.button"
        )
        self._lay_out()
        self.browse.clicked.connect(self._browse)
        self.file.textChanged.connect(self._on_file)
        self.format.currentIndexChanged.connect(self._on_format)
        self.look.currentIndexChanged.connect(self._on_look)
        self.theme.currentIndexChanged.connect(self._show)
        self.unit.currentIndexChanged.connect(self._show_width)
        self.width_field.value_changed.connect(self._on_width)
        self.dpi.value_changed.connect(self._on_dpi)
        self.frames.value_changed.connect(self._show)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.retranslate()

    def spec(self) -> ExportSpec:
        """What was chosen."""
        chosen: dict[str, bool] = {name: box.isChecked() for name, box in self.parts.items()}
        return replace(
            self._spec,
            path=Path(self.file.text().strip()).expanduser(),
            look=LOOKS[self.look.currentData()][0],
            theme=self.theme.currentData(),
            width_mm=self._width_mm,
            dpi=self.dpi.value(),
            frames=int(self.frames.value()),
            **chosen,
        )

    def show_picture(self, picture: QImage) -> None:
        """Show how what is chosen looks."""
        self.picture = picture
        self._place_picture()

    def _place_picture(self) -> None:
        if self.picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        scaled = self.picture.scaled(
            self.preview.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(ratio)
        self.preview.setPixmap(QPixmap.fromImage(scaled))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter exports, but in a number's field it only takes the number."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(self.focusWidget(), NumberField):
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_picture()

    def _combo(self, name: str, entries: Iterable[str], now: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(f"descent.export.{name}.combo")
        for key in entries:
            combo.addItem("", key)
        combo.setCurrentIndex(max(0, combo.findData(now)))
        return combo

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP)
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            ("file", (self.file, self.browse)),
            ("format", (self.format,)),
            ("look", (self.look,)),
            ("width", (self.width_field, self.unit, self._labels["dpi"], self.dpi)),
            ("theme", (self.theme,)),
            ("frames", (self.frames,)),
        )
        for row, (name, fields) in enumerate(rows):
            grid.addWidget(self._labels[name], row, 0)
            line = QHBoxLayout()
            line.setSpacing(theme.GAP)
            for field in fields:
                line.addWidget(field)
            if name not in ("file", "look"):
                line.addStretch(1)
            grid.addLayout(line, row, 1)
        form = QVBoxLayout()
        form.setSpacing(theme.GAP)
        form.addLayout(grid)
        for box in self.parts.values():
            form.addWidget(box)
        form.addStretch(1)
        form.addWidget(self.note)
        columns = QHBoxLayout()
        columns.setSpacing(2 * theme.GAP)
        columns.addLayout(form)
        columns.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        margin = 2 * theme.GAP
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.MARGIN)
        layout.addLayout(columns, 1)
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
        """Another kind of file: the name takes its ending."""
        ending = self.format.currentData()
        path = Path(self.file.text().strip())
        if path.name and path.suffix.lower() != ending:
            self.file.setText(QDir.toNativeSeparators(str(path.with_suffix(ending))))
        self._show()

    @Slot(int)
    def _on_look(self, _: int) -> None:
        """A paper's columns and slides have their widths; a paper wants its caption's numbers."""
        look, width, _text = LOOKS[self.look.currentData()]
        if width:
            self._width_mm = width
        self.parts["about"].setChecked(look == "paper")
        self.parts["caption"].setChecked(look != "paper")
        cut = any(plot.name == "cut" for plot in self._scene.below)
        self.parts["curves"].setChecked(look != "slide" or cut)
        if look == "paper":
            self.theme.setCurrentIndex(self.theme.findData("light"))
        self._show_width()

    @Slot(float)
    def _on_width(self, value: float) -> None:
        in_cm = self.unit.currentData() == CM
        self._width_mm = 10 * value if in_cm else value / self.dpi.value() * MM
        self._show()

    @Slot(float)
    def _on_dpi(self, _: float) -> None:
        """Pixels that were asked for stay, and so do centimetres."""
        if self.unit.currentData() == PX:
            self._on_width(self.width_field.value())
        self._show()

    @Slot()
    def _show_width(self, *_: object) -> None:
        in_cm = self.unit.currentData() == CM
        pixels = round(self._width_mm / MM * self.dpi.value())
        self.width_field.set_value(self._width_mm / 10 if in_cm else pixels)
        self._show()

    @Slot()
    def _show(self, *_: object) -> None:
        """Say how large it will be, or why it cannot be; grey what has no effect."""
        spec = self.spec()
        drawn = spec.kind not in TABLES
        counted = drawn and spec.kind not in (".svg", ".pdf")
        film = spec.kind in ANIMATIONS
        for name, field in (
            ("width", self.width_field),
            ("look", self.look),
            ("theme", self.theme),
        ):
            field.setEnabled(drawn)
            self._labels[name].setEnabled(drawn)
        self.unit.setEnabled(drawn)
        self.dpi.setEnabled(drawn)
        self._labels["dpi"].setEnabled(drawn)
        self.frames.setEnabled(film)
        self._labels["frames"].setEnabled(film)
        for name, box in self.parts.items():
            box.setEnabled(drawn or name == "about")
        self.parts["caption"].setEnabled(drawn and bool(self._scene.caption))
        possible, notes = True, []
        try:
            spec.check()
        except ThalwegError as error:
            possible, notes = False, [sentence(error)]
        if possible and drawn:
            width, height = spec.pixels(self._scene)
            across, down = (f"{each / spec.dpi * MM / 10:.1f}" for each in (width, height))
            notes.append(
                self.tr("{width} × {height} pixels.").format(width=width, height=height)
                if counted
                else self.tr("{width} × {height} cm.").format(width=across, height=down)
            )
        there = [spec.path, *([spec.about_path] if spec.about else [])]
        for path in there if possible else ():
            if path.is_file():
                replaced = self.tr("{name} is there already and will be replaced.")
                notes.append(replaced.format(name=path.name))
        self.note.setText(" ".join(notes))
        self.accept_button.setEnabled(possible)
        self.preview.setVisible(drawn)
        if possible and drawn:
            self.preview_wanted.emit(spec)

    def retranslate(self) -> None:
        say = QCoreApplication.translate
        self.setWindowTitle(self.tr("Export Race"))
        for combo, texts in (
            (self.format, FORMATS),
            (self.look, {key: text for key, (*_, text) in LOOKS.items()}),
            (self.theme, THEMES),
        ):
            for index in range(combo.count()):
                combo.setItemText(index, say("descent", texts[combo.itemData(index)]))
        self.unit.setItemText(0, self.tr("cm"))
        self.unit.setItemText(1, self.tr("px"))
        self.unit.setAccessibleName(self.tr("Unit of the width"))
        self.unit.setToolTip(self.tr("Centimetres of paper, or pixels"))
        named: tuple[tuple[str, QWidget, str, str], ...] = (
            ("file", self.file, self.tr("File"), self.tr("The file to write")),
            ("format", self.format, self.tr("Format"), self.tr("As what the race is written")),
            ("look", self.look, self.tr("Look"), self.tr("The window's, a paper's or a slide's")),
            ("width", self.width_field, self.tr("Width"), self.tr("The height follows from it")),
            ("dpi", self.dpi, self.tr("dpi"), self.tr("Pixels an inch")),
            ("theme", self.theme, self.tr("Colours"), self.tr("Dark or light")),
            ("frames", self.frames, self.tr("Frames"), self.tr("Pictures of the film, at most")),
        )
        for name, field, label, tip in named:
            self._labels[name].setText(label)
            field.setAccessibleName(label)
            field.set_hint(tip) if isinstance(field, NumberField) else field.setToolTip(tip)
        for name, box in self.parts.items():
            box.setText(say("descent", PARTS[name]))
        self.parts["about"].setToolTip(self.tr("A .txt file of the same name"))
        self.browse.setText(self.tr("Browse…"))
        self.browse.setToolTip(self.tr("Choose the file"))
        if self.picture.isNull():
            self.preview.setText(self.tr("The preview is being drawn…"))
        self.preview.setAccessibleName(self.tr("Preview"))
        self.preview.setToolTip(self.tr("What will be written; of a film, its scene"))
        self.accept_button.setText(self.tr("Export"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def look_key(spec: ExportSpec) -> str:
    """The entry of `LOOKS` that a spec has."""
    if spec.look == "paper":
        return "column" if spec.width_mm < (COLUMN_MM + PAGE_MM) / 2 else "page"
    return spec.look
