"""Why a racer diverged, and why it is slow: measured on its path, and held against theory."""
