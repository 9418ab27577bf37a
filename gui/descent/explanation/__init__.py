"""Why a racer diverged, or why it is slow."""
