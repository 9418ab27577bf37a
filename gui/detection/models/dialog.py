"""All models with their sizes and measures: use one, download one, open a weights file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.detection.jobs import AUTOMATIC
from gui.detection.models.downloads import WEIGHTS, Downloads, megabytes
from gui.detection.precision.panel import PrecisionPanel
from gui.messages import engine_text
from gui.widgets.user_text import tip

FIRST_SIZE = QSize(820, 620)
NAME, SIZE, BOX, MASK, POINTS, STATE = range(6)
INFO = Qt.ItemDataRole.UserRole


class ModelsDialog(QDialog):
    """The list of models.

    Signals:
        model_wanted: the name of a model that can run.
        weights_wanted: the path of a weights file.
        device_wanted: a device's name, and a precision.
        looked_at: the name of a model that can run and is chosen in the list.
    """

    model_wanted = Signal(str)
    weights_wanted = Signal(object)
    device_wanted = Signal(str, str)
    looked_at = Signal(str)

    def __init__(
        self,
        downloads: Downloads,
        parent: QWidget | None = None,
        *,
        make_panel: Callable[[QWidget], PrecisionPanel] = PrecisionPanel,
    ) -> None:
        """
        Args:
            make_panel: gives what stands below the precision.
        """
        super().__init__(parent)
        self.setObjectName("detection.models.dialog")
        self._downloads = downloads
        self.list = QTreeWidget(self)
        self.list.setObjectName("detection.models.list")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setColumnCount(STATE + 1)
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.use = self._button("use")
        self.use.setProperty("role", "primary")
        self.fetch = self._button("download")
        self.stop = self._button("stop")
        self.file = self._button("file")
        self.close_button = self._button("close")
        self.device_title = QLabel(self)
        self.device = QComboBox(self)
        self.device.setObjectName("detection.device.combo")
        self.device.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.device_title.setBuddy(self.device)
        self.precision_title = QLabel(self)
        self.precision = QComboBox(self)
        self.precision.setObjectName("detection.precision.combo")
        self.precision.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.precision_title.setBuddy(self.precision)
        self._precisions: Mapping[str, Sequence[str]] = {}
        self._automatic = ""
        self.precision_panel = make_panel(self)
        self._lay_out()
        self.resize(FIRST_SIZE)
        self.list.currentItemChanged.connect(self._show_buttons)
        self.list.currentItemChanged.connect(self._tell_looked_at)
        self.list.itemDoubleClicked.connect(self._use_or_fetch)
        self.use.clicked.connect(self._use)
        self.fetch.clicked.connect(self._fetch)
        self.stop.clicked.connect(downloads.cancel)
        self.file.clicked.connect(self._ask_file)
        self.close_button.clicked.connect(self.close)
        self.device.activated.connect(self._choose_device)
        self.precision.activated.connect(self._tell_device)
        downloads.changed.connect(self._show_states)
        self.retranslate()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"detection.models.{name}.button")
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for button in (self.use, self.fetch, self.stop, self.file):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        below = QHBoxLayout()
        below.setSpacing(theme.GAP)
        below.addWidget(self.device_title)
        below.addWidget(self.device)
        below.addSpacing(theme.GAP)
        below.addWidget(self.precision_title)
        below.addWidget(self.precision)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        margin = 2 * theme.GAP
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.list, 1)
        layout.addLayout(below)
        layout.addWidget(self.precision_panel)
        layout.addLayout(row)

    def set_models(self, models: Sequence[Any], chosen: str) -> None:
        """Show these `ModelInfo`s; the chosen one is marked."""
        current = self._current()
        wanted = current.name if current is not None else chosen
        self.list.clear()
        for info in models:
            item = QTreeWidgetItem(self.list)
            item.setData(NAME, INFO, info)
            for column in (SIZE, BOX, MASK, POINTS):
                item.setTextAlignment(
                    column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                )
            font = item.font(NAME)
            font.setBold(info.name == chosen)
            item.setFont(NAME, font)
            if info.name == wanted:
                self.list.setCurrentItem(item)
        self._show_texts()

    def set_devices(
        self, precisions: Mapping[str, Sequence[str]], device: str, precision: str
    ) -> None:
        """The devices of this machine and what each computes in, and what is in use."""
        self._precisions = precisions
        self.device.clear()
        for name in precisions:
            self.device.addItem(name, name)
        self.device.setCurrentIndex(max(self.device.findData(device), 0))
        self._list_precisions(precision)
        self._show_texts()

    def choose_device(self, device: str, precision: str) -> None:
        """Others are in use than were asked for."""
        self.set_devices(self._precisions, device, precision)

    def _list_precisions(self, chosen: str) -> None:
        names = self._precisions.get(self.device.currentData(), ())
        self.precision.clear()
        for name in (AUTOMATIC, *names) if len(names) > 1 else names:
            self.precision.addItem(name, name)
        self.precision.setCurrentIndex(max(self.precision.findData(chosen), 0))
        self.precision.setEnabled(len(names) > 1)
        self._show_automatic()

    def set_automatic(self, precision: str) -> None:
        """What automatic comes to with the model that is shown; empty while nobody knows."""
        self._automatic = precision
        self._show_automatic()

    def _show_automatic(self) -> None:
        index = self.precision.findData(AUTOMATIC)
        if index < 0:
            return
        text = self.tr("automatic ({precision})").format(precision=self._automatic)
        self.precision.setItemText(index, text if self._automatic else self.tr("automatic"))

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _current(self) -> Any:
        """The chosen `ModelInfo`, or None."""
        item = self.list.currentItem()
        return item.data(NAME, INFO) if item is not None else None

    def _show_texts(self) -> None:
        number = QLocale()
        for item in self._items():
            info = item.data(NAME, INFO)
            item.setText(NAME, engine_text(info.title))
            item.setToolTip(NAME, tip(info.name))
            item.setText(SIZE, megabytes(info.size_bytes) if info.size_bytes else "–")
            for column, kind in ((BOX, "bbox"), (MASK, "segm"), (POINTS, "keypoints")):
                value = _average(info.metrics, kind)
                item.setText(column, "–" if value is None else number.toString(value, "f", 3))
                item.setToolTip(column, self._told(info))
        for index in range(self.device.count()):
            name = self.device.itemData(index)
            text = self.tr("automatic") if name == "auto" else name
            self.device.setItemText(index, text)
        self._show_automatic()
        self._show_states()

    def _told(self, info: Any) -> str:
        """What the measures were taken on."""
        if info.source == "torchvision":
            return self.tr("On COCO val2017, as torchvision publishes it")
        metrics, number = info.metrics or {}, QLocale()
        if "pictures" not in metrics:
            return ""
        told = self.tr("On {count} pictures kept out of its training").format(
            count=number.toString(metrics["pictures"])
        )
        if "shown" not in metrics or "calibration" not in metrics:
            return told
        shown = metrics["shown"]
        return f"{told}\n" + self.tr(
            "Boxes scored {score} and more: precision {precision}, recall {recall};"
            " calibration error {error}"
        ).format(
            score=number.toString(shown["score"], "f", 2),
            precision=number.toString(shown["precision"], "f", 2),
            recall=number.toString(shown["recall"], "f", 2),
            error=number.toString(metrics["calibration"]["error"], "f", 2),
        )

    def _show_states(self) -> None:
        downloads, number = self._downloads, QLocale()
        for item in self._items():
            info = item.data(NAME, INFO)
            if info.name == downloads.name:
                part = 100 * downloads.done // max(downloads.total, 1)
                text = self.tr("{percent} %").format(percent=number.toString(part))
            else:
                text = self.tr("here") if info.ready else self.tr("not here yet")
            item.setText(STATE, text)
        self._show_buttons()

    def _show_buttons(self) -> None:
        info = self._current()
        self.use.setEnabled(info is not None and info.ready)
        can_fetch = info is not None and not info.ready and info.source == "torchvision"
        self.fetch.setEnabled(can_fetch and self._downloads.name != info.name)
        self.fetch.setText(
            self.tr("Download ({size})").format(size=megabytes(info.size_bytes))
            if can_fetch
            else self.tr("Download")
        )
        self.stop.setEnabled(bool(self._downloads.name))

    def _tell_looked_at(self) -> None:
        info = self._current()
        if info is not None and info.ready:
            self.looked_at.emit(info.name)

    def _use_or_fetch(self) -> None:
        if self.use.isEnabled():
            self._use()

    def _use(self) -> None:
        info = self._current()
        if info is not None:
            self.model_wanted.emit(info.name)
            self.close()

    def _fetch(self) -> None:
        info = self._current()
        if info is not None:
            self._downloads.start(info.name)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Open weights"))
        dialog.setObjectName("detection.models.file.dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{suffix}" for suffix in WEIGHTS)
        dialog.setNameFilters([self.tr("Weights ({patterns})").format(patterns=patterns)])
        dialog.fileSelected.connect(self._take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_file(self, name: str) -> None:
        self.weights_wanted.emit(Path(name))
        self.close()

    def _choose_device(self) -> None:
        self._list_precisions(self.precision.currentData() or "")
        self._tell_device()

    def _tell_device(self) -> None:
        self.device_wanted.emit(self.device.currentData(), self.precision.currentData())

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Models"))
        self.list.setHeaderLabels(
            [
                self.tr("Model"),
                self.tr("Size"),
                self.tr("Box AP"),
                self.tr("Mask AP"),
                self.tr("Keypoint AP"),
                self.tr("State"),
            ]
        )
        self.list.setAccessibleName(self.tr("Models"))
        self.use.setText(self.tr("Use"))
        self.use.setToolTip(self.tr("Look at the picture with this model"))
        self.fetch.setToolTip(
            self.tr("Fetch the weights from torchvision's server; a stopped download goes on")
        )
        self.stop.setText(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Stop the download; it can go on later"))
        self.file.setText(self.tr("Weights File…"))
        self.file.setToolTip(self.tr("Use weights of your own: safetensors, or a state dict"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close this list; a download goes on"))
        self.device_title.setText(self.tr("Device"))
        self.device.setAccessibleName(self.tr("Device"))
        self.device.setToolTip(self.tr("What the model runs on"))
        self.precision_title.setText(self.tr("Precision"))
        self.precision.setAccessibleName(self.tr("Precision"))
        self.precision.setToolTip(
            self.tr(
                "float32 is exact; bfloat16 is quicker where the device has units for it. Automatic"
                " is bfloat16 where it was measured to be quicker and to change nothing shown."
            )
        )
        self._show_texts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _average(metrics: Any, kind: str) -> float | None:
    """AP, 0 to 1; None where it was not measured."""
    value = (metrics or {}).get(kind, {}).get("AP", -1.0)
    return float(value) if value >= 0 else None
