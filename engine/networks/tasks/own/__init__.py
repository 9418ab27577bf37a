"""The process in which a user's own file runs, and the messages between it and this one."""
