"""The detectors: how they are built, found, downloaded and read."""
