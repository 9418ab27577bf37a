"""One file a group of commands of the headless front."""
