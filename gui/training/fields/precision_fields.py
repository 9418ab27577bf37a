"""What of the net learns how fast, on pictures of which size, and in which precision."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from engine.training.spec import PRECISIONS, RANGES, TrainSpec
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.fields.group import FieldGroup, make_combo, name_choices, ranged, select

FITTING = ""  # as many stages as suit the backbone
FROZEN = {
    FITTING: QT_TRANSLATE_NOOP("training", "Automatic"),
    **{str(count): str(count) for count in range(int(RANGES["frozen"][1]) + 1)},
}
PRECISION_TITLES = {  # float32 is called so in every language
    "mixed": QT_TRANSLATE_NOOP("training", "Mixed"),
}


class PrecisionFields(FieldGroup):
    """Frozen stages, the backbone's rate, clipping, crops, precision."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spec = TrainSpec()
        self.frozen = make_combo("training.frozen.combo", self, FROZEN)
        self.scale = ranged(
            "backbonescale", self, spec.backbone_lr_scale, field="backbone_lr_scale", step=0.05
        )
        self.clip = ranged("clip", self, spec.clip, logarithmic=True)
        self.crop = ranged("crop", self, spec.crop, whole=True, step=32)
        self.precision = make_combo("training.precision.combo", self, dict.fromkeys(PRECISIONS, ""))
        for name, row in (
            ("frozen", self.frozen),
            ("scale", self.scale),
            ("clip", self.clip),
            ("crop", self.crop),
            ("precision", self.precision),
        ):
            self.add_row(name, row)
        self.retranslate()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        frozen = self.frozen.currentData()
        return replace(
            spec,
            frozen=None if frozen == FITTING else int(frozen),
            backbone_lr_scale=self.scale.value(),
            clip=self.clip.value(),
            crop=int(self.crop.value()),
            precision=self.precision.currentData(),
        )

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        select(self.frozen, FITTING if spec.frozen is None else str(spec.frozen))
        self.scale.set_value(spec.backbone_lr_scale)
        self.clip.set_value(spec.clip)
        self.crop.set_value(spec.crop)
        select(self.precision, spec.precision)

    def retranslate(self) -> None:
        self.name_rows(
            {
                "frozen": self.tr("Frozen stages"),
                "scale": self.tr("Backbone's rate"),
                "clip": self.tr("Clip gradient"),
                "crop": self.tr("Crop (px)"),
                "precision": self.tr("Precision"),
            },
            {
                "frozen": self.tr(
                    "Stages of the backbone, from the highest resolution, that keep their "
                    "weights;\nautomatic: as many as suit it"
                ),
                "scale": self.tr("Learning rate of the backbone as a fraction of the heads'"),
                "clip": self.tr("A longer gradient is shortened to this norm; 0 for no limit"),
                "crop": self.tr(
                    "Side of the square crops to train on, in network pixels; 0 for whole pictures"
                ),
                "precision": self.tr(
                    "Mixed: pyramid and heads compute in bfloat16. It is made for a GPU; "
                    "a processor may be slower with it"
                ),
            },
        )
        name_choices(self.frozen, FROZEN)
        name_choices(self.precision, PRECISION_TITLES)
