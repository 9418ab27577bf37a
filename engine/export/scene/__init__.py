"""A scene of Descent as plain records, and what draws them into files."""
