"""The annotated objects beside the picture."""
