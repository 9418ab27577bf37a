"""One step of a rule on a surface, traced from its definition in torch and compiled."""
