"""Icons, translations, weights, presets and samples, found by importlib.resources."""
