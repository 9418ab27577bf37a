"""The search for settings that bring a lost object back."""
