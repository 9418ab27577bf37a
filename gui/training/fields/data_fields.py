"""What to learn from: generated shapes or annotated pictures, and which of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from engine.training.spec import TrainSpec
from gui.training.choices import DATA
from gui.training.fields.group import FieldGroup, make_combo, name_choices, select
from gui.widgets.path_label import PathLabel


class DataFields(FieldGroup):
    """The data, its files, whether bad pictures are left out, and anchors made for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = TrainSpec(data="shapes")
        self._path: Path | None = None
        self.data = make_combo("training.data.combo", self, DATA)
        self.file = QPushButton(self)
        self.file.setObjectName("training.data.button")
        self.file.clicked.connect(self.ask_file)
        self.folder = QPushButton(self)
        self.folder.setObjectName("training.data.folder.button")
        self.folder.clicked.connect(self.ask_folder)
        self._file_name = PathLabel(self)
        self._file_name.setObjectName("training.data.path")
        self.leave_out = QCheckBox(self)
        self.leave_out.setObjectName("training.leaveout.check")
        self._anchors = QLabel(self)
        self._anchors.setObjectName("training.anchors.label")
        # As wide as the group: beside a label they would not fit into a narrow form.
        self._buttons = QWidget(self)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        for button in (self.file, self.folder):
            buttons.addWidget(button, 1)
        self.add_row("data", self.data)
        self.add_row("file", self._file_name)
        self.form.addRow(self._buttons)
        self.add_row("leave_out", self.leave_out)
        self.add_row("anchors", self._anchors)
        self.data.currentIndexChanged.connect(self._on_data)
        self.retranslate()
        self._on_data()
        self._show_anchors()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        return replace(
            spec,
            data=self._named(),
            anchor_sizes=self._base.anchor_sizes,
            leave_out_bad=self.leave_out.isChecked(),
        )

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        self._base = spec
        shapes = spec.files == ("shapes",)
        select(self.data, "shapes" if shapes else "json")
        self._set_path(Path(spec.files[0]) if spec.files and not shapes else None)
        self.leave_out.setChecked(spec.leave_out_bad)
        self._show_anchors()

    def set_anchor_sizes(self, sizes: tuple[int, ...]) -> None:
        """Train with anchors of these sizes, one a level; empty for the model's own."""
        self._base = replace(self._base, anchor_sizes=sizes)
        self._show_anchors()

    def _named(self) -> str | tuple[str, ...]:
        """What to learn from; several files that a spec joined stay while the first is shown."""
        if self._is_shapes():
            return "shapes"
        path, files = str(self._path or ""), self._base.files
        return self._base.data if files and path == str(Path(files[0])) else path

    def _show_anchors(self) -> None:
        sizes = self._base.anchor_sizes
        self._anchors.setText(", ".join(f"{size:g}" for size in sizes))
        self.show_row("anchors", bool(sizes))

    def _is_shapes(self) -> bool:
        return bool(self.data.currentData() == "shapes")

    def _on_data(self) -> None:
        self.show_row("file", not self._is_shapes())
        self.form.setRowVisible(self._buttons, not self._is_shapes())

    # -- choosing a file --------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask for a file of annotations without blocking."""
        dialog = QFileDialog(self, self.tr("Choose a file of annotations"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("COCO JSON, YOLO data (*.json *.yaml *.yml)"))
        self._open(dialog)

    def ask_folder(self) -> None:
        """Ask for a folder of annotated pictures without blocking."""
        dialog = QFileDialog(self, self.tr("Choose a folder of annotated pictures"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setObjectName("dialog.training.data")
        if self._path is not None:
            dialog.setDirectory(str(self._path.parent))
        dialog.fileSelected.connect(self.choose_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_file(self, name: str) -> None:
        """Train on this file or folder."""
        select(self.data, "json")
        self._set_path(Path(name))

    def _set_path(self, path: Path | None) -> None:
        self._path = path
        if path is None:
            self._file_name.set_path(None, self.tr("none chosen"))
        else:
            self._file_name.set_path(path)

    # -- texts ------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.name_rows(
            {
                "data": self.tr("Data"),
                "file": self.tr("File"),
                "leave_out": self.tr("Bad pictures"),
                "anchors": self.tr("Anchors"),
            }
        )
        name_choices(self.data, DATA)
        self.leave_out.setText(self.tr("Leave out"))
        self.leave_out.setToolTip(
            self.tr("Train without pictures that are missing, damaged or of another size")
        )
        self.leave_out.setAccessibleName(self.tr("Leave out bad pictures"))
        self.file.setText(self.tr("Choose…"))
        self.file.setToolTip(self.tr("Choose a COCO JSON file, or YOLO's data file"))
        self.folder.setText(self.tr("Folder…"))
        self.folder.setToolTip(self.tr("Choose a folder of COCO, LabelMe, YOLO or Pascal VOC"))
        self._anchors.setToolTip(self.tr("Sizes of the anchors by level, in network pixels"))
        self._anchors.setAccessibleName(self.tr("Anchor sizes"))
        self._set_path(self._path)
