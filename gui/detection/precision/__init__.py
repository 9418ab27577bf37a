"""What bfloat16 gains and changes with a model, beside its choice."""
