"""A canvas for graphs: nodes with numbers, edges between them, signals that travel along."""
