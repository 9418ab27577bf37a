"""What to train: the fields from which a TrainSpec is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.optimizers.registry import OPTIMIZERS
from engine.training.optimizer_text import trainable
from engine.training.spec import SCHEDULES, TrainSpec
from gui.messages import engine_text
from gui.training.augmentation_form import AugmentationForm
from gui.training.balance.form import LossWeightsForm
from gui.training.choices import DATA, FALLBACK_MODELS, SCHEDULE_TITLES, STARTS
from gui.training.keeping_form import KeepingForm
from gui.training.live_buttons import LiveButtons
from gui.widgets.number_field import NumberField
from gui.widgets.path_label import PathLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.detection.models.zoo import ModelInfo

HEADING_PX = 28  # as high as a tool button, for one base line over all panels


class Form(QWidget):
    """The left panel: data, model, and the numbers of a training.

    Signals:
        started: the primary button was pressed.
        stopped: the stop button was pressed.
        check_wanted: look at the data before they are trained on.
        preview_wanted: show what the net will get.
    """

    started = Signal()
    stopped = Signal()
    check_wanted = Signal()
    preview_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = TrainSpec(data="shapes")  # what the fields do not show
        self._path: Path | None = None
        self._labels: dict[str, QLabel] = {}
        self._heading = QLabel(self)
        self._heading.setFixedHeight(HEADING_PX)
        self._heading.setProperty("role", "section")
        self._data = self._combo("training.data.combo")
        self._file = QPushButton(self)
        self._file.setObjectName("training.data.button")
        self._file.clicked.connect(self.ask_file)
        self._folder = QPushButton(self)
        self._folder.setObjectName("training.data.folder.button")
        self._folder.clicked.connect(self.ask_folder)
        self._file_name = PathLabel(self)
        self._file_name.setObjectName("training.data.path")
        self._model = self._combo("training.model.combo")
        self._start_from = self._combo("training.weights.combo")
        self._schedule = self._combo("training.schedule.combo")
        self._optimizer = self._combo("training.optimizer.combo")
        self._rounds = NumberField(1, self, minimum=1, maximum=100, integer=True)
        self._steps = NumberField(200, self, minimum=1, maximum=1e7, integer=True, step=10)
        self._batch = NumberField(4, self, minimum=1, maximum=256, integer=True)
        self._rate = NumberField(3e-4, self, minimum=1e-9, maximum=100, logarithmic=True)
        self._seed = NumberField(0, self, minimum=0, maximum=2**53, integer=True)
        self._numbers = {
            "rounds": self._rounds,
            "steps": self._steps,
            "batch": self._batch,
            "rate": self._rate,
            "seed": self._seed,
        }
        for name, field in self._numbers.items():
            field.setObjectName(f"training.{name}.field")
        self._leave_out = QCheckBox(self)
        self._leave_out.setObjectName("training.leaveout.check")
        self._anchors = QLabel(self)
        self._anchors.setObjectName("training.anchors.label")
        self.check_button = QPushButton(self)
        self.check_button.setObjectName("training.check.button")
        self.check_button.clicked.connect(self.check_wanted)
        self.loss_weights = LossWeightsForm(self)
        self.keeping = KeepingForm(self)
        self.augmentation = AugmentationForm(self)
        self.preview_button = QPushButton(self)
        self.preview_button.setObjectName("training.preview.button")
        self.preview_button.clicked.connect(self.preview_wanted)
        self.start_button = QPushButton(self)
        self.start_button.setObjectName("training.start.button")
        self.start_button.setProperty("role", "primary")
        self.start_button.clicked.connect(self.started)
        self.stop_button = QPushButton(self)
        self.stop_button.setObjectName("training.stop.button")
        self.stop_button.clicked.connect(self.stopped)
        self.live = LiveButtons(self)
        self._lay_out()
        self.set_models([])
        self._fill()
        self._data.currentIndexChanged.connect(self._on_data)
        self._optimizer.currentIndexChanged.connect(self._on_optimizer)
        self._schedule.currentIndexChanged.connect(self._on_schedule)
        self.retranslate()
        self._on_data()
        self._show_anchors()
        self._on_schedule()
        self.set_running(False)

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        # A long title must not push the panel wider than its place.
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(8)
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return combo

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        file_buttons = QHBoxLayout()
        file_buttons.setSpacing(8)
        for button in (self._file, self._folder):
            file_buttons.addWidget(button, 1)
        file_row = QVBoxLayout()
        file_row.setSpacing(4)
        file_row.addWidget(self._file_name)
        file_row.addLayout(file_buttons)
        rows: list[tuple[str, Any]] = [
            ("data", self._data),
            ("file", file_row),
            ("model", self._model),
            ("weights", self._start_from),
            ("optimizer", self._optimizer),
            ("schedule", self._schedule),
            *self._numbers.items(),
            ("leave_out", self._leave_out),
            ("anchors", self._anchors),
        ]
        for name, row in rows:
            label = QLabel(self)
            self._labels[name] = label
            form.addRow(label, row)
            if isinstance(row, QWidget):
                label.setBuddy(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.stop_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(form)
        column.addWidget(self.check_button)
        column.addLayout(buttons)
        column.addWidget(self.live)
        column.addWidget(self.keeping)
        column.addWidget(self.loss_weights)
        column.addWidget(self.augmentation)
        column.addWidget(self.preview_button)
        column.addStretch(1)
        self._form = form
        self._file_row = file_row

    # -- contents ---------------------------------------------------------------------------

    def set_models(self, models: Sequence[ModelInfo]) -> None:
        """Offer these models; before they are known, the bundled ones by name."""
        chosen = self._model.currentData()
        known = [(info.name, info.title) for info in models] or list(FALLBACK_MODELS)
        with QSignalBlocker(self._model):
            self._model.clear()
            self._model.addItem("", "")
            for name, title in known:
                self._model.addItem(title, name)
                self._model.setItemData(self._model.count() - 1, title, MODEL_TITLE_ROLE)
            self._model.setCurrentIndex(max(0, self._model.findData(chosen)))
        self._retranslate_models()

    def spec(self) -> TrainSpec:
        """The training that the fields describe; its own checks are the engine's."""
        spec = self.keeping.into(self._base)
        return replace(
            spec,
            data=self._data_named(),
            model=self._model.currentData() or "",
            start=self._start_from.currentData(),
            schedule=self._schedule.currentData(),
            rounds=int(self._rounds.value()),
            optimizer=self._optimizer_text(),
            steps=int(self._steps.value()),
            epochs=None,
            batch=int(self._batch.value()),
            seed=int(self._seed.value()),
            leave_out_bad=self._leave_out.isChecked(),
            loss_weights=self.loss_weights.values(),
            augmentation={**self._base.augmentation, **self.augmentation.values()},
        )

    def _data_named(self) -> str | tuple[str, ...]:
        """What to learn from; several files that a spec joined stay while the first is shown."""
        if self._is_shapes():
            return "shapes"
        files = self._base.files
        path = str(self._path or "")
        return self._base.data if files and path == str(Path(files[0])) else path

    def _optimizer_text(self) -> str:
        """NAME:lr=...; what else a spec said of this optimizer stays."""
        name = self._optimizer.currentData()
        base, _, tail = self._base.optimizer.partition(":")
        others = [part for part in tail.split(",") if part and not part.strip().startswith("lr=")]
        return ",".join([f"{name}:lr={self._rate.value():.12g}", *(others if base == name else [])])

    def set_spec(self, spec: TrainSpec) -> None:
        """Show a spec; what has no field of its own is kept for `spec()`."""
        self._base = spec
        shapes = spec.files == ("shapes",)
        self._select(self._data, "shapes" if shapes else "json")
        self._set_path(Path(spec.files[0]) if spec.files and not shapes else None)
        self._select(self._model, spec.model)
        self._select(self._start_from, spec.start)
        self._select(self._schedule, spec.schedule)
        self._rounds.set_value(spec.rounds)
        self.loss_weights.set_values(spec.loss_weights)
        name, _, tail = spec.optimizer.partition(":")
        self._select(self._optimizer, name)
        for part in tail.split(","):
            key, _, value = part.partition("=")
            if key.strip() == "lr":
                self._rate.set_value(float(value))
        if spec.steps is not None:
            self._steps.set_value(spec.steps)
        self._batch.set_value(spec.batch)
        self._seed.set_value(spec.seed)
        self.keeping.set_spec(spec)
        self._leave_out.setChecked(spec.leave_out_bad)
        self.augmentation.set_values(dict(spec.augmentation))
        self._show_anchors()

    def leave_out_bad(self) -> None:
        """Train without the pictures that cannot be used."""
        self._leave_out.setChecked(True)

    def set_anchor_sizes(self, sizes: tuple[int, ...]) -> None:
        """Train with anchors of these sizes, one a level; empty for the model's own."""
        self._base = replace(self._base, anchor_sizes=sizes)
        self._show_anchors()

    def _show_anchors(self) -> None:
        sizes = self._base.anchor_sizes
        self._anchors.setText(", ".join(f"{size:g}" for size in sizes))
        self._form.setRowVisible(self._anchors, bool(sizes))

    def set_running(self, running: bool, *, stopping: bool = False) -> None:
        """While a training runs its fields are shown but cannot be changed."""
        had_focus = self.start_button.hasFocus() or self.stop_button.hasFocus()
        self.start_button.setEnabled(not running)
        self.stop_button.setEnabled(running and not stopping)
        if had_focus:  # a disabled button would hand it to whatever comes next
            (self.start_button if not running else self.stop_button).setFocus()
        for field in (
            *self._numbers.values(), self._data, self._model, self._start_from, self._optimizer,
            self._schedule, self.loss_weights, self._leave_out, self.keeping, self.augmentation,
            self._file, self._folder, self.check_button, self.preview_button,
        ):  # fmt: skip
            field.setEnabled(not running)

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
        self._select(self._data, "json")
        self._set_path(Path(name))

    def _set_path(self, path: Path | None) -> None:
        self._path = path
        if path is None:
            self._file_name.set_path(None, self.tr("none chosen"))
        else:
            self._file_name.set_path(path)

    # -- texts ------------------------------------------------------------------------------

    def retranslate(self) -> None:
        texts = {
            "data": self.tr("Data"),
            "file": self.tr("File"),
            "model": self.tr("Model"),
            "weights": self.tr("Start from"),
            "schedule": self.tr("Schedule"),
            "rounds": self.tr("Rounds"),
            "optimizer": self.tr("Optimizer"),
            "steps": self.tr("Steps"),
            "batch": self.tr("Pictures a step"),
            "rate": self.tr("Learning rate"),
            "seed": self.tr("Seed"),
            "leave_out": self.tr("Bad pictures"),
            "anchors": self.tr("Anchors"),
        }
        hints = {
            "rounds": self.tr("How often the four steps are gone through"),
            "steps": self.tr("How many times the weights are changed"),
            "batch": self.tr("Pictures in one batch; more need more memory"),
            "rate": self.tr("Size of a step; arrows go 1, 2, 5, 10"),
            "seed": self.tr("The same seed gives the same training"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        for name, hint in hints.items():
            self._numbers[name].set_hint(hint)
            self._numbers[name].setAccessibleName(texts[name])
        for name, combo in (
            ("data", self._data),
            ("model", self._model),
            ("weights", self._start_from),
            ("schedule", self._schedule),
            ("optimizer", self._optimizer),
        ):
            combo.setAccessibleName(texts[name])
        self._leave_out.setText(self.tr("Leave out"))
        self._leave_out.setToolTip(
            self.tr("Train without pictures that are missing, damaged or of another size")
        )
        self._leave_out.setAccessibleName(self.tr("Leave out bad pictures"))
        self._heading.setText(self.tr("NEW TRAINING"))
        self._file.setText(self.tr("Choose…"))
        self._file.setToolTip(self.tr("Choose a COCO JSON file, or YOLO's data file"))
        self._folder.setText(self.tr("Folder…"))
        self._folder.setToolTip(self.tr("Choose a folder of COCO, LabelMe, YOLO or Pascal VOC"))
        self._anchors.setToolTip(self.tr("Sizes of the anchors by level, in network pixels"))
        self._anchors.setAccessibleName(self.tr("Anchor sizes"))
        self.check_button.setText(self.tr("Check Data…"))
        self.check_button.setToolTip(self.tr("Look at every picture and annotation before step 1"))
        self.preview_button.setText(self.tr("Preview…"))
        self.preview_button.setToolTip(self.tr("Show pictures as the net will get them"))
        self.start_button.setText(self.tr("Start"))
        self.start_button.setToolTip(self.tr("Train with these settings"))
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop and keep what has been learnt"))
        self._schedule.setToolTip(
            self.tr("All parts together, or RPN and detector in turn: the steps four times")
        )
        for combo, table in (
            (self._data, DATA),
            (self._start_from, STARTS),
            (self._schedule, SCHEDULE_TITLES),
        ):
            for index in range(combo.count()):
                text = table.get(combo.itemData(index), combo.itemData(index))
                combo.setItemText(index, QCoreApplication.translate("training", text))
        for index in range(self._optimizer.count()):
            name = self._optimizer.itemData(index)
            if name in OPTIMIZERS:
                self._optimizer.setItemText(index, engine_text(OPTIMIZERS[name].title))
        self._set_path(self._path)
        self._retranslate_models()

    def _retranslate_models(self) -> None:
        self._model.setItemText(0, self.tr("Fitting the data"))
        for index in range(1, self._model.count()):
            title = self._model.itemData(index, MODEL_TITLE_ROLE)
            self._model.setItemText(index, QCoreApplication.translate("engine", title))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- inner ------------------------------------------------------------------------------

    def _fill(self) -> None:
        for combo, names in (
            (self._data, DATA),
            (self._start_from, STARTS),
            (self._schedule, SCHEDULES),
            (self._optimizer, trainable()),
        ):
            for name in names:
                combo.addItem(name, name)
        self._select(self._optimizer, self._base.optimizer.partition(":")[0])

    def _select(self, combo: QComboBox, name: str) -> None:
        """Choose an entry, and add it when a spec brings one that is not offered."""
        index = combo.findData(name)
        if index < 0:
            combo.addItem(name, name)
            combo.setItemData(combo.count() - 1, name, MODEL_TITLE_ROLE)
            index = combo.count() - 1
        combo.setCurrentIndex(index)

    def _is_shapes(self) -> bool:
        return bool(self._data.currentData() == "shapes")

    def _on_data(self) -> None:
        self._form.setRowVisible(self._file_row, not self._is_shapes())

    def _on_schedule(self) -> None:
        self._form.setRowVisible(self._rounds, self._schedule.currentData() == "alternating")

    def _on_optimizer(self) -> None:
        optimizer = OPTIMIZERS.get(self._optimizer.currentData())
        if optimizer is not None:
            self._rate.set_value(optimizer.network_rate)


MODEL_TITLE_ROLE = 0x0101  # the role after Qt.UserRole
