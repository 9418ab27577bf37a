"""The racers: on or off, learning rate, momentum; add, copy, remove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.optimizers import registry as optimizers
from engine.optimizers.looks import RacerStyle
from gui import icons, theme
from gui.messages import engine_text
from gui.racing.entries import Entry, racer_title, setting_facts
from gui.racing.racer_style import SWATCH, swatch
from gui.racing.schedule_form import ScheduleForm
from gui.racing.settings_form import SettingsForm
from gui.widgets.fact_table import cell
from gui.widgets.number_field import NumberField

NAME = Qt.ItemDataRole.UserRole
COLUMNS = ("name", "lr", "momentum")
ROW_PX, HEADER_PX = 28, 32
LEAST_ROWS, MOST_ROWS = 3, 8  # that are seen at once
TABLE = "table"  # the hint of the whole table
FIELD_PX = 70


class OptimizerTable(QWidget):
    """The racers as a table with a field for each rate and momentum.

    Signals:
        enabled_changed: name, on or off.
        setting_changed: name, key and value.
        added: an optimizer's name.
        copied, removed: a racer's name.
        chosen: the racer whose row was chosen; empty when there is none.
    """

    enabled_changed = Signal(str, bool)
    setting_changed = Signal(str, str, float)
    added = Signal(str)
    copied = Signal(str)
    removed = Signal(str)
    chosen = Signal(str)

    def __init__(
        self,
        workspace: str,
        parent: QWidget | None = None,
        *,
        offered: Sequence[str] | None = None,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        """
        Args:
            workspace: its name, with which the object names begin.
            offered: the optimizers that can be added; None for all.
            hints: tool tips in place of those of races on surfaces, marked for "racing":
                `TABLE` and those of the schedule form.
        """
        super().__init__(parent)
        self._hints = hints or {}
        self._workspace = workspace
        self._entries: Sequence[Entry] = ()
        self._settings: Mapping[str, Mapping[str, float]] = {}
        self._shown: tuple[tuple[str, str, RacerStyle], ...] = ()
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self.table = QTableWidget(0, len(COLUMNS), self)
        self.table.setObjectName(f"{workspace}.optimizers.table")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setShowGrid(False)
        self.table.setIconSize(SWATCH)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        small = header.font()
        small.setPixelSize(11)
        header.setFont(small)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.table.setColumnWidth(column, FIELD_PX + 8)
        self.table.itemChanged.connect(self._on_item)
        self.table.currentCellChanged.connect(self._on_current)
        self._menu = QMenu(self)
        self._menu.setObjectName(f"{workspace}.optimizers.menu")
        for optimizer in optimizers.OPTIMIZERS if offered is None else offered:
            action = QAction(self._menu)
            action.setObjectName(f"{workspace}.optimizers.add.{optimizer}")
            action.setData(optimizer)
            self._menu.addAction(action)
        self._menu.triggered.connect(self._on_add)
        self.add = self._button("add", "plus")
        self.add.setMenu(self._menu)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.copy = self._button("copy", "copy")
        self.copy.clicked.connect(self._on_copy)
        self.remove = self._button("remove", "trash")
        self.remove.clicked.connect(self._on_remove)
        self.form = SettingsForm(workspace, self)
        self.form.setting_changed.connect(self.setting_changed)
        self.schedule_form = ScheduleForm(workspace, self, hints=self._hints)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._heading, 1)
        for button in (self.add, self.copy, self.remove):
            top.addWidget(button)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(0)
        column_layout.addLayout(top)
        column_layout.addWidget(self.table, 1)
        column_layout.addWidget(self.form)
        column_layout.addWidget(self.schedule_form)
        self._fit_rows()
        theme.notifier().changed.connect(self._restyle)
        self.retranslate()

    def chosen_name(self) -> str:
        """The racer of the chosen row; empty when there is none."""
        row = self.table.currentRow()
        return cell(self.table, row, 0).data(NAME) if row >= 0 else ""

    def choose(self, name: str) -> None:
        for row in range(self.table.rowCount()):
            if cell(self.table, row, 0).data(NAME) == name:
                self.table.setCurrentCell(row, 0)

    def show_entries(
        self, entries: Sequence[Entry], settings: Mapping[str, Mapping[str, float]]
    ) -> None:
        """Show what is set; asks for nothing.

        Args:
            settings: every setting of each racer as it runs, by the racer's name.
        """
        self._entries, self._settings = entries, settings
        shape = tuple((e.racer.name, e.racer.optimizer, e.look) for e in entries)
        if shape != self._shown:
            self._shown = shape
            self._rebuild()
        with QSignalBlocker(self.table):
            for row, entry in enumerate(entries):
                state = Qt.CheckState.Checked if entry.enabled else Qt.CheckState.Unchecked
                cell(self.table, row, 0).setCheckState(state)
                for column, key in enumerate(COLUMNS[1:], start=1):
                    field = self.table.cellWidget(row, column)
                    if isinstance(field, NumberField):
                        field.set_value(settings[entry.racer.name][key])
        self.remove.setEnabled(len(entries) > 1)
        self._show_form()

    def retranslate(self) -> None:
        self._heading.setText(self.tr("OPTIMIZERS"))
        self.table.setAccessibleName(self.tr("Optimizers"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("optimizer"), self.tr("lr"), self.tr("momentum")]
        )
        tip = self.tr("Who races; the chosen one's next step is drawn while the race is paused")
        if TABLE in self._hints:
            tip = QCoreApplication.translate("racing", self._hints[TABLE])
        # Over the table itself it would cover the rows that it is about.
        self._heading.setToolTip(tip)
        self.table.setAccessibleDescription(tip)
        metrics = self.table.horizontalHeader().fontMetrics()
        widest = metrics.horizontalAdvance(self.tr("momentum")) + 26
        self.table.setColumnWidth(2, max(FIELD_PX + 6, widest))
        for button, text in (
            (self.add, self.tr("Add an optimizer")),
            (self.copy, self.tr("Copy the chosen optimizer")),
            (self.remove, self.tr("Remove the chosen optimizer")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(text)
        for action in self._menu.actions():
            action.setText(engine_text(optimizers.OPTIMIZERS[action.data()].title))
        self._name_rows()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(300, 28 + HEADER_PX + 4 * ROW_PX)

    def _button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{self._workspace}.optimizers.{name}.button")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.set_icon(button, icon)
        return button

    def _fit_rows(self) -> None:
        """As many rows are seen as there are, up to eight; the column they stand in scrolls."""
        rows = min(max(LEAST_ROWS, len(self._entries)), MOST_ROWS)
        self.table.setMinimumHeight(HEADER_PX + rows * ROW_PX)

    def _rebuild(self) -> None:
        chosen = self.chosen_name()
        names = [entry.racer.name for entry in self._entries]
        row = names.index(chosen) if chosen in names else len(names) - 1
        with QSignalBlocker(self.table):
            self.table.setRowCount(0)
            self.table.setRowCount(len(names))
            for place, entry in enumerate(self._entries):
                self._fill_row(place, entry)
            if names:
                self.table.setCurrentCell(row, 0)
        self._name_rows()
        self._fit_rows()
        if names and names[row] != chosen:
            self.chosen.emit(names[row])

    def _fill_row(self, row: int, entry: Entry) -> None:
        item = QTableWidgetItem()
        item.setData(NAME, entry.racer.name)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )
        item.setIcon(swatch(entry.look))
        self.table.setItem(row, 0, item)
        for column, key in enumerate(COLUMNS[1:], start=1):
            self._fill(row, column, entry, key)

    def _fill(self, row: int, column: int, entry: Entry, key: str) -> None:
        facts = setting_facts(entry, key)
        if facts is None:
            item = QTableWidgetItem("–")
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.table.setItem(row, column, item)
            return
        field = NumberField(
            facts.default,
            minimum=facts.low,
            maximum=facts.high,
            step=0.05,
            logarithmic=facts.logarithmic,
        )
        field.setObjectName(f"{self._workspace}.optimizers.row.{entry.racer.name}.{key}.field")
        field.setProperty("racer", entry.racer.name)
        field.setProperty("key", key)
        field.value_changed.connect(self._on_field)
        self.table.setCellWidget(row, column, field)

    def _name_rows(self) -> None:
        with QSignalBlocker(self.table):
            for row, entry in enumerate(self._entries):
                self._name_row(row, entry)

    def _name_row(self, row: int, entry: Entry) -> None:
        title = racer_title(entry)
        item = cell(self.table, row, 0)
        item.setText(title)
        item.setToolTip(self.tr("Tick to let {name} take part").format(name=title))
        for column, key in enumerate(COLUMNS[1:], start=1):
            field = self.table.cellWidget(row, column)
            if isinstance(field, NumberField):
                field.setAccessibleName(
                    self.tr("{setting} of {name}").format(setting=key, name=title)
                )
                field.set_hint(self.tr("Arrow keys change it, Shift changes it tenfold"))

    @Slot()
    def _restyle(self) -> None:
        with QSignalBlocker(self.table):
            for row, entry in enumerate(self._entries):
                cell(self.table, row, 0).setIcon(swatch(entry.look))

    def _on_item(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            enabled = item.checkState() is Qt.CheckState.Checked
            entry = self._entry(item.data(NAME))
            if entry is not None and entry.enabled != enabled:
                self.enabled_changed.emit(entry.racer.name, enabled)

    def _entry(self, name: str) -> Entry | None:
        return next((entry for entry in self._entries if entry.racer.name == name), None)

    def _show_form(self) -> None:
        name = self.chosen_name()
        entry = self._entry(name)
        self.form.show_entry(entry, self._settings.get(name, {}))
        self.schedule_form.show_entry(entry)

    def _on_current(self, *_: int) -> None:
        self._show_form()
        self.chosen.emit(self.chosen_name())

    @Slot(float)
    def _on_field(self, value: float) -> None:
        field = self.sender()
        self.setting_changed.emit(field.property("racer"), field.property("key"), value)

    def _on_add(self, action: QAction) -> None:
        self.added.emit(action.data())

    @Slot()
    def _on_copy(self) -> None:
        if self.chosen_name():
            self.copied.emit(self.chosen_name())

    @Slot()
    def _on_remove(self) -> None:
        if self.chosen_name():
            self.removed.emit(self.chosen_name())
