"""The loopback server of the engine's tests, as a fixture here."""

from tests.engine.detection.models.test_downloads import server, weights_file

__all__ = ["server", "weights_file"]
