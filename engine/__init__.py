"""Thalweg's engine: optimizers, detectors and training. Never imports Qt."""

from engine import lazy_compiler

lazy_compiler.install()  # before anything imports torchvision
