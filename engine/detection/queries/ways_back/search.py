"""The cheapest ways back of a lost object, over all settings together.

Candidates are the pairs of an anchor and a class whose box covers the object after the
head's refinement, wherever its anchor lies. What the RPN has to let through decides which
proposals there are (`rpn_setups`), and with the proposals fixed the settings of the RoI heads
are priced exactly (`costs`). What is offered was selected on the trace and seen to
return.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.inference import RoisFilled
from engine.detection.pipeline.iou import iou
from engine.detection.pipeline.rois import Rois
from engine.detection.pipeline.rpn_filter import filter_again
from engine.detection.pipeline.selection import Selection, apply_change, select
from engine.detection.pipeline.trace import StageTrace
from engine.detection.queries.missed_object import FOUND_IOU, follow_object
from engine.detection.queries.routes import (
    CHANGE,
    COSTLY,
    HARDLY,
    HARDLY_SEEN,
    NEVER,
    OFFERED,
    Proof,
    Route,
    Verdict,
)
from engine.detection.queries.ways_back.costs import Price, prices
from engine.detection.queries.ways_back.reach import Candidates, candidates, in_reach, prove
from engine.detection.queries.ways_back.rpn_setups import ANY_NUMBER, setup_of

Fill = Callable[[Rois, NDArray[np.int64]], Iterator[RoisFilled]]

SETUPS = 48  # of the RPN that are tried
NEW_PROPOSALS = 4096  # that the head is asked for at most, to price one of them


def find_routes(
    trace: StageTrace,
    selection: Selection,
    box: tuple[float, float, float, float],
    label: int | None,
    *,
    fill: Fill,
    least: float = FOUND_IOU,
) -> Iterator[RoisFilled | Verdict]:
    """What became of the object in a box, picture px, and the cheapest ways back.

    Args:
        selection: what is shown; its RoIs hold what the head has answered already.
        label: the class that is meant; None for any.
        fill: yields RoIs with the head's answers for more anchors (n,) int64.
        least: the IoU from which on a box counts as covering the object.

    Yields:
        `RoisFilled` as the head answers, the `Verdict` last.
    """
    result = follow_object(trace, selection, box, label, least=least)
    if result.detection is not None:
        yield Verdict(result, (), None)
        return
    search = _Search(trace, selection, np.array(box, np.float32), label, least, fill)
    yield from search.run()
    yield Verdict(result, search.routes, search.proof)


class _Search:
    """One search; `routes` and `proof` once it has run, `rois` all that the head answered."""

    def __init__(
        self,
        trace: StageTrace,
        selection: Selection,
        target: NDArray[np.float32],
        label: int | None,
        least: float,
        fill: Fill,
    ) -> None:
        self._trace, self._target, self._label, self._least = trace, target, label, least
        self._fill = fill
        self._now, self._waiting = selection.thresholds, selection.waiting
        self._shown = frozenset(names_of(selection))
        self._best: dict[frozenset[str], _Offer] = {}  # by the knobs that it turns
        self.rois = selection.rois
        self.routes: tuple[Route, ...] = ()
        self.proof: Proof | None = None

    def run(self) -> Iterator[RoisFilled]:
        """Ask the head for all in reach, then price one setup of the RPN after another."""
        trace = self._trace
        reach = in_reach(trace, self._target)
        yield from self._answer(np.concatenate([self._waiting, reach.anchor]))
        rois = self.rois
        wanted = candidates(trace, rois, self._target, self._label, self._least).above(NEVER)
        if len(wanted) == 0:
            self.proof = prove(trace, rois, reach, self._target, self._label, self._least)
            return
        for setup in self._setups(wanted):
            thresholds = apply_change(self._now, setup)
            anchor = filter_again(trace, thresholds.rpn(trace)).anchor
            lacking = anchor[self.rois.row_of[anchor] < 0]
            if len(lacking) > NEW_PROPOSALS:
                continue
            yield from self._answer(lacking)
            rows = self.rois.row_of[anchor].astype(np.int64)
            for price in prices(self.rois, rows, wanted, thresholds, self._shown):
                self._keep(_Offer(setup, price))
        yield from self._try_offers()

    def _setups(self, wanted: Candidates) -> Iterator[dict[str, float]]:
        """Settings of the RPN, now's first, then what brings the best scored candidates in."""
        seen: set[tuple[tuple[str, float], ...]] = set()
        yield {}
        as_now = self._scores_of_others()
        for anchor, score in _best_of_each(wanted):
            if self._best_added() <= int((as_now > score).sum()):
                continue  # so many appear at this score as things are: nothing gets better
            for setup in setup_of(self._trace, anchor, self._now.rpn(self._trace)):
                name = tuple(setup.items())
                if name and name not in seen:
                    seen.add(name)
                    yield setup
                if len(seen) == SETUPS:
                    return

    def _scores_of_others(self) -> NDArray[np.float32]:
        """(n,) scores of what is not shown, but would be without a score threshold."""
        low = {"score": NEVER, "max_detections": ANY_NUMBER}
        selection = select(self._trace, apply_change(self._now, low), self.rois)
        names = names_of(selection)
        hidden = [name not in self._shown for name in names]
        scores: NDArray[np.float32] = selection.scores[np.array(hidden, bool)]
        return scores

    def _best_added(self) -> int:
        hopeful = [offer.added for offer in self._best.values() if not offer.hopeless]
        return min(hopeful, default=ANY_NUMBER)

    def _keep(self, offer: _Offer) -> None:
        """The cheapest of those that turn the same knobs."""
        before = self._best.get(offer.knobs)
        if before is None or offer.cost < before.cost:
            self._best[offer.knobs] = offer

    def _try_offers(self) -> Iterator[RoisFilled]:
        """Select with the cheapest; what is seen to return is offered."""
        routes: list[Route] = []
        for offer in sorted(self._best.values(), key=lambda each: each.cost):
            for change in eased(offer.change):
                yield from self._answer(self._select(change).waiting)
                route = self._route(change, self._select(change), offer)
                if route is not None:
                    if not any(outdone(route, by) for by in routes):
                        routes.append(route)
                    break
            if len(routes) == OFFERED:
                break
        self.routes = tuple(sorted(routes, key=lambda each: each.cost))

    def _select(self, change: Mapping[str, float]) -> Selection:
        return select(self._trace, apply_change(self._now, change), self.rois)

    def _route(self, change: dict[str, float], selection: Selection, offer: _Offer) -> Route | None:
        """What a change really shows; None unless the object returns at the price said."""
        overlaps = iou(self._target, selection.boxes)
        if self._label is not None:
            overlaps = np.where(selection.labels == self._label, overlaps, np.float32(0))
        covering = np.flatnonzero(overlaps >= np.float32(self._least))
        if len(covering) == 0:
            return None
        row = int(covering[0])
        names = names_of(selection)
        new = np.array([name not in self._shown for name in names], bool)
        new[row] = False
        if new.sum() > offer.added:
            return None
        score = float(selection.scores[row])
        x0, y0, x1, y1 = (float(value) for value in selection.boxes[row])
        hopeless = score < HARDLY or int(new.sum()) > COSTLY
        return Route(
            anchor=names[row][0],
            label=names[row][1],
            change=change,
            score=score,
            iou=float(overlaps[row]),
            box=(x0, y0, x1, y1),
            added_boxes=selection.boxes[new],
            added_labels=selection.labels[new],
            added_scores=selection.scores[new],
            removed=len(set(self._shown) - set(names)),
            kind=HARDLY_SEEN if hopeless else CHANGE,
        )

    def _answer(self, anchor: NDArray[np.int64]) -> Iterator[RoisFilled]:
        lacking = anchor[self.rois.row_of[anchor] < 0]
        if len(lacking):
            for step in self._fill(self.rois, lacking):
                self.rois = step.rois
                yield step


@dataclass(frozen=True)
class _Offer:
    """A setup of the RPN and what the object costs with it; exact, not tried yet."""

    setup: Mapping[str, float]
    price: Price

    @property
    def change(self) -> dict[str, float]:
        return {**self.setup, **dict(self.price.change)}

    @property
    def knobs(self) -> frozenset[str]:
        return frozenset(self.change)

    @property
    def added(self) -> int:
        return self.price.added

    @property
    def hopeless(self) -> bool:
        return self.price.score < HARDLY or self.price.added > COSTLY

    @property
    def cost(self) -> tuple[bool, int, int, int, float]:
        """As `Route.cost`."""
        price = self.price
        return self.hopeless, price.added, len(self.knobs), price.removed, -price.score


def outdone(route: Route, by: Route) -> bool:
    """Whether a route turns all that another does and more, and gains nothing by it."""
    more = by.change.keys() < route.change.keys()
    return more and route.added >= by.added and route.score <= by.score


def names_of(selection: Selection) -> list[tuple[int, int]]:
    """(anchor, label) of each detection."""
    anchor = selection.rois.anchor[selection.proposal]
    return list(zip(anchor.tolist(), selection.labels.tolist(), strict=True))


def eased(change: Mapping[str, float]) -> Iterator[dict[str, float]]:
    """A change in ever more digits, each a little looser than needed, then as it is.

    A person reads two digits; and what was answered in another batch differs in the last
    places, so that what lies just at a threshold may fall on its other side.
    """
    for digits in (2, 3, 4, 6):
        yield {name: _rounded(name, value, digits) for name, value in change.items()}
    yield dict(change)


def _rounded(name: str, value: float, digits: int) -> float:
    if name.endswith("top_n") or name == "max_detections":
        return value
    unit = 10.0**-digits
    if "score" in name:
        return max(0.0, round(math.floor(value / unit - 0.01) * unit, digits))
    return min(1.0, round(math.ceil(value / unit + 0.01) * unit, digits))


def _best_of_each(wanted: Candidates) -> Iterator[tuple[int, float]]:
    """Each anchor once, with the best score of its pairs, best first."""
    seen = set()
    for anchor, score in zip(wanted.anchor.tolist(), wanted.score.tolist(), strict=True):
        if anchor not in seen:
            seen.add(anchor)
            yield anchor, score
