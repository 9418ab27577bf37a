"""Detectors learn: data, schedules, runs, evaluation."""
