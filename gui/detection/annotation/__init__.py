"""The annotator's pass: a person accepts, rejects and mends what the model has found."""
