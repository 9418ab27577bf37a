"""What every plot stands on: axes, colour bars, polylines and growing series."""
