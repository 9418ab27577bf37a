"""What metrics and settings of runs are called in the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.training.augmentation import settings
from engine.training.comparison.metrics import is_loss
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training import loss_names
from gui.training.choices import SCHEDULE_TITLES

KINDS = {
    "bbox": QT_TRANSLATE_NOOP("comparison", "{figure} of boxes"),
    "segm": QT_TRANSLATE_NOOP("comparison", "{figure} of masks"),
    "keypoints": QT_TRANSLATE_NOOP("comparison", "{figure} of keypoints"),
}
LOSS = QT_TRANSLATE_NOOP("comparison", "Loss: {part}")
RATE = QT_TRANSLATE_NOOP("comparison", "Learning rate")
WEIGHT = QT_TRANSLATE_NOOP("comparison", "Coefficient: {part}")
DEFAULT = QT_TRANSLATE_NOOP("comparison", "default")
# The names that a spec file has; what is not here is called as there.
SETTINGS = {
    "data": QT_TRANSLATE_NOOP("comparison", "Data"),
    "images": QT_TRANSLATE_NOOP("comparison", "Folder of pictures"),
    "model": QT_TRANSLATE_NOOP("comparison", "Model"),
    "start": QT_TRANSLATE_NOOP("comparison", "First weights"),
    "classes": QT_TRANSLATE_NOOP("comparison", "Classes"),
    "schedule": QT_TRANSLATE_NOOP("comparison", "Schedule"),
    "rounds": QT_TRANSLATE_NOOP("comparison", "Rounds"),
    "learn": QT_TRANSLATE_NOOP("comparison", "Parts that learn"),
    "anchor_sizes": QT_TRANSLATE_NOOP("comparison", "Anchor sizes"),
    "frozen": QT_TRANSLATE_NOOP("comparison", "Frozen stages"),
    "optimizer": QT_TRANSLATE_NOOP("comparison", "Optimizer"),
    "optimizer.lr": QT_TRANSLATE_NOOP("comparison", "Learning rate"),
    "optimizer.momentum": QT_TRANSLATE_NOOP("comparison", "Momentum"),
    "optimizer.weight_decay": QT_TRANSLATE_NOOP("comparison", "Weight decay"),
    "lr_schedule": QT_TRANSLATE_NOOP("comparison", "Learning rate schedule"),
    "backbone_lr_scale": QT_TRANSLATE_NOOP("comparison", "Backbone's share of lr"),
    "steps": QT_TRANSLATE_NOOP("comparison", "Steps"),
    "epochs": QT_TRANSLATE_NOOP("comparison", "Epochs"),
    "batch": QT_TRANSLATE_NOOP("comparison", "Pictures a step"),
    "crop": QT_TRANSLATE_NOOP("comparison", "Crop"),
    "backgrounds": QT_TRANSLATE_NOOP("comparison", "Share of backgrounds"),
    "validation": QT_TRANSLATE_NOOP("comparison", "Held-out share"),
    "validation_files": QT_TRANSLATE_NOOP("comparison", "Held-out files"),
    "leave_out_bad": QT_TRANSLATE_NOOP("comparison", "Bad pictures left out"),
    "pictures": QT_TRANSLATE_NOOP("comparison", "Generated scenes"),
    "warmup": QT_TRANSLATE_NOOP("comparison", "Warm-up steps"),
    "cooldown": QT_TRANSLATE_NOOP("comparison", "Cool-down share"),
    "average": QT_TRANSLATE_NOOP("comparison", "Weight averaging"),
    "clip": QT_TRANSLATE_NOOP("comparison", "Gradient clipping"),
    "precision": QT_TRANSLATE_NOOP("comparison", "Precision"),
    "checkpoint_every": QT_TRANSLATE_NOOP("comparison", "Checkpoint every"),
    "evaluate_every": QT_TRANSLATE_NOOP("comparison", "Evaluation every"),
    "save_every_s": QT_TRANSLATE_NOOP("comparison", "Saved every, s"),
    "keep_best": QT_TRANSLATE_NOOP("comparison", "Best one kept"),
    "keep_last": QT_TRANSLATE_NOOP("comparison", "Checkpoints kept"),
    "patience": QT_TRANSLATE_NOOP("comparison", "Patience"),
    "seed": QT_TRANSLATE_NOOP("comparison", "Seed"),
    "device": QT_TRANSLATE_NOOP("comparison", "Device"),
}


def metric_title(name: str) -> str:
    """A metric as the list of metrics has it."""
    kind, _, figure = name.partition(".")
    if kind in KINDS:
        return QCoreApplication.translate("comparison", KINDS[kind]).format(figure=figure)
    if is_loss(name):
        part = loss_names.title(name)
        return QCoreApplication.translate("comparison", LOSS).format(part=part)
    return QCoreApplication.translate("comparison", RATE) if name == "lr" else name


def setting_title(name: str) -> str:
    """A setting as the table's head has it."""
    table, _, key = name.partition(".")
    if table == "loss_weights":
        part = loss_names.title(key)
        return QCoreApplication.translate("comparison", WEIGHT).format(part=part)
    if table == "augmentation" and key in settings():
        return QCoreApplication.translate("engine", settings()[key].title)
    if name in SETTINGS:
        return QCoreApplication.translate("comparison", SETTINGS[name])
    return key if table == "optimizer" else name


def setting_value(name: str, text: str) -> str:
    """A setting's value; one that the spec does not name is torch's or the model's own."""
    if name == "schedule" and text in SCHEDULE_TITLES:
        return QCoreApplication.translate("training", SCHEDULE_TITLES[text])
    return text or QCoreApplication.translate("comparison", DEFAULT)
