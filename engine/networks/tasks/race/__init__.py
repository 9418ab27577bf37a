"""The race on a task, step by step."""
