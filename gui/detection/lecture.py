"""Views that show what the lecture says of detectors, by its headings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.actions import ActionSpec
from gui.detection.inquiry import Inquiry
from gui.detection.session import Session
from gui.detection.stages.masks import MasksView
from gui.detection.stages.proposals import RPN_GATES, ProposalsView
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from gui.detection.workspace import DetectionWorkspace


@dataclass(frozen=True)
class Scene:
    """One view of the lecture.

    Attributes:
        name: in the action's id.
        text: the menu's line: heading and what is seen, marked for "actions".
        caption: what is to be seen, marked for "lecture".
        section: of the menu; one for each heading.
        sample: a file of resources/samples.
        model: a name of the zoo.
        stage: which stage is shown; empty for the result.
        family: the network that is lit up in the strip; empty for the model's own.
        at: a picture point that is asked, px.
    """

    name: str
    text: str
    caption: str
    section: int
    sample: str
    model: str
    stage: str = ""
    family: str = ""
    at: tuple[float, float] | None = None

    @property
    def path(self) -> Path:
        """The picture's file."""
        return Path(str(files("resources"))) / "samples" / self.sample

    def said(self) -> str:
        """The caption in the window's language."""
        return QCoreApplication.translate("lecture", self.caption)


SCENES = (
    Scene(
        "faster",
        QT_TRANSLATE_NOOP("actions", "Faster R-CNN: The Time of Proposals"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Fast R-CNN had to be given its proposals, and finding them took most of the time. "
            "Faster R-CNN added the RPN, lit up above: it finds them on the shared features.",
        ),
        section=50,
        sample="astronaut.jpg",
        model="people",
        family="faster",
    ),
    Scene(
        "rpn",
        QT_TRANSLATE_NOOP("actions", "RPN: The Sliding Window"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "A 3 × 3 window slides over the features. At each place a shared layer, then reg "
            "(4 numbers) and cls (2 numbers) for each of k anchors. Click another place.",
        ),
        section=60,
        sample="astronaut.jpg",
        model="people",
        stage="anchors",
        at=(225.0, 120.0),
    ),
    Scene(
        "objectness",
        QT_TRANSLATE_NOOP("actions", "RPN: Objectness of Every Place"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "How objectlike the best anchor of each place is. Each level looks for objects of "
            "its size: choose one at the right.",
        ),
        section=60,
        sample="astronaut.jpg",
        model="people",
        stage="objectness",
    ),
    Scene(
        "proposals",
        QT_TRANSLATE_NOOP("actions", "Proposals to the Detector: The Most Objectlike"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Of all decoded boxes only the most objectlike, and none that a better one covers, "
            "go on to the Fast R-CNN head. Choose a filter at the right.",
        ),
        section=70,
        sample="astronaut.jpg",
        model="people",
        stage="proposals",
    ),
    Scene(
        "refinement",
        QT_TRANSLATE_NOOP("actions", "Proposals to the Detector: Refinement"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The head names the class and moves each proposal (dashed) to its box; the arrows "
            "show how far. Then each class keeps the best of the boxes that overlap.",
        ),
        section=70,
        sample="grace_hopper.jpg",
        model="people",
        stage="boxes",
    ),
    Scene(
        "mask",
        QT_TRANSLATE_NOOP("actions", "Mask R-CNN: A Mask for Every Class"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "The mask branch draws 28 × 28 numbers for every class; the class branch decides "
            "whose mask is taken. Above one half a number becomes 1, and the pixel is inside.",
        ),
        section=80,
        sample="shapes.png",
        model="shapes",
        stage="masks",
        family="mask",
    ),
    Scene(
        "masks",
        QT_TRANSLATE_NOOP("actions", "Mask R-CNN: Masks on a Picture"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Backbone, RPN and head as before; the mask branch, lit up above, runs beside the "
            "boxes. L = L_cls + L_box + L_mask.",
        ),
        section=80,
        sample="grace_hopper.jpg",
        model="people",
        family="mask",
    ),
    Scene(
        "keypoints",
        QT_TRANSLATE_NOOP("actions", "Keypoints: Named Points and the Skeleton"),
        QT_TRANSLATE_NOOP(
            "lecture",
            "Each point of the body has a name and a 56 × 56 heat map of its own; its peak is "
            "the place. Left is blue, right is orange. Choose a point at the right.",
        ),
        section=85,
        sample="shapes.png",
        model="shapes",
        stage="keypoints",
        family="keypoint",
    ),
)


class Caption(QLabel):
    """What is to be seen, over the picture, until another picture or stage is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.lecture.caption")
        self.setWordWrap(True)
        self.setContentsMargins(12, 0, 12, 8)
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._scene: Scene | None = None
        self.hide()

    def show_scene(self, scene: Scene | None) -> None:
        """Say what a scene shows; None says nothing."""
        self._scene = scene
        self.setText(scene.said() if scene is not None else "")
        self.setVisible(scene is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_scene(self._scene)
        super().changeEvent(event)


class Lecture(QObject):
    """Opens a scene: its picture, its model, and, once the model has looked, its stage."""

    def __init__(
        self,
        session: Session,
        inquiry: Inquiry,
        open_picture: Callable[[Path], None],
        set_model: Callable[[str], None],
        caption: Caption,
    ) -> None:
        super().__init__(caption)
        self._session, self._inquiry = session, inquiry
        self._open_picture, self._set_model = open_picture, set_model
        self._caption = caption
        self._scene: Scene | None = None
        self._pending = False
        session.inspected.connect(self._go_on)
        session.picture_changed.connect(self._leave)
        inquiry.stage.stage_changed.connect(self._leave)

    def open(self, scene: Scene) -> None:
        """Show a scene."""
        self._scene, self._pending = scene, True
        entry = self._session.entry
        there = entry is not None and entry.path == scene.path
        if self._session.model != scene.model:
            self._set_model(scene.model)
        if not there:
            self._open_picture(scene.path)
        self._go_on()

    def _ready(self) -> bool:
        scene, session = self._scene, self._session
        if scene is None or session.inspection is None or session.entry is None:
            return False
        return (
            session.entry.path == scene.path
            and session.inspection.spec.model == scene.model
            and not session.running
        )

    def _go_on(self) -> None:
        scene, inquiry = self._scene, self._inquiry
        if scene is None or not self._pending or not self._ready():
            return
        inquiry.open_stage(scene.stage)
        if scene.family:
            inquiry.strip.show_family(scene.family)
        view = inquiry.stage.view()
        if scene.at is not None and view is not None:
            view.pick(QPointF(*scene.at))
        if isinstance(view, MasksView):
            view.numbers.setChecked(True)
        if isinstance(view, ProposalsView):
            view.choose_gate(len(RPN_GATES), dropped=False)
        self._pending = False
        self._caption.show_scene(scene)

    def _leave(self, *_: object) -> None:
        if not self._pending:
            self._scene = None
            self._caption.show_scene(None)


class SceneOpener:
    """Opens one scene; the menu's callback."""

    def __init__(self, lecture: Lecture, scene: Scene) -> None:
        self._lecture, self._scene = lecture, scene

    def open(self) -> None:
        self._lecture.open(self._scene)


def actions(workspace: DetectionWorkspace) -> list[ActionSpec]:
    """One line of the Lecture menu for each scene."""
    return [
        ActionSpec(
            f"lecture.detection.{scene.name}",
            scene.text,
            "Lecture",
            SceneOpener(workspace.lecture, scene).open,
            section=scene.section,
        )
        for scene in SCENES
    ]
