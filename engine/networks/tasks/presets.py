"""Races of the lecture: what can go wrong when nets learn, and beside it what helps.

Every number was chosen by running the race; a test keeps what each of them is to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Jog, Racer

# The four examples of XOR have three kinds of minima in a net of two hidden nodes: all are told
# apart (loss 0), two are not (ln 2 / 2 = 0.347), or three are not (0.477).
SEVERAL_STARTS = FitSpec(
    "xor",
    racers=(Racer("momentum", {"lr": 0.3}, starts=40),),
    steps=300,
    seed=26,  # the racer's own start ends where two are not told apart
    hidden=(2,),
    activation="tanh",
    noise=0.0,
    train_count=4,
)
WIDE = replace(SEVERAL_STARTS, hidden=(12,))

STUCK = replace(SEVERAL_STARTS, racers=(Racer("momentum", {"lr": 0.3}),))
JOG = replace(
    STUCK,
    racers=(
        Racer("momentum", {"lr": 0.3}),
        Racer("momentum", {"lr": 0.3}, jog=Jog(3.0, 20, 0.02)),
    ),
)

LIVELY = FitSpec(
    "xor",
    racers=(Racer("sgd", {"lr": 1.0}),),
    steps=300,
    seed=7,
    hidden=(2,),
    activation="tanh",
    train_count=60,
    noise=0.3,
)
# Both hidden nodes are saturated on every example: only the output learns, and finds no more
# than that either class is as likely.
PARALYSED = replace(LIVELY, activation="sigmoid", scale=40.0)

# 40 noisy examples against 44 monomials and 24 nodes.
OVERFITTING = FitSpec(
    "moons",
    racers=(Racer("adam", {"lr": 0.01}),),
    steps=400,
    hidden=(24,),
    activation="tanh",
    train_count=40,
    test_count=200,
    noise=0.3,
    degree=8,
)

GOOD_RATE = FitSpec(
    "circles",
    racers=(Racer("sgd", {"lr": 1.0}),),
    steps=300,
    hidden=(6,),
    activation="tanh",
    train_count=120,
    noise=0.12,
)

PRESETS: Mapping[str, FitSpec] = {
    "tasks-several-starts": SEVERAL_STARTS,
    "tasks-wide-net": WIDE,
    "tasks-paralysis": PARALYSED,
    "tasks-no-paralysis": LIVELY,
    "tasks-stuck": STUCK,
    "tasks-jog": JOG,
    "tasks-overfitting": OVERFITTING,
    "tasks-weight-decay": replace(OVERFITTING, decay=0.03),
    "tasks-more-data": replace(OVERFITTING, train_count=600),
    "tasks-early-stopping": replace(OVERFITTING, patience=40),
    "tasks-rate-too-small": replace(GOOD_RATE, racers=(Racer("sgd", {"lr": 0.003}),)),
    "tasks-rate-too-large": replace(GOOD_RATE, racers=(Racer("sgd", {"lr": 10.0}),)),
    "tasks-good-rate": GOOD_RATE,
    # The valley u v = 1: a steady way into it, one that is thrown across it into a flatter
    # part (a catapult), and one that is thrown out.
    "tasks-product": FitSpec(
        "product",
        racers=tuple(Racer("sgd", {"lr": rate}) for rate in (0.1, 0.2, 0.3)),
        steps=150,
        start=(4.0, 0.3),
    ),
}
