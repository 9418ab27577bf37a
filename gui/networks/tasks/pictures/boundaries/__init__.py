"""Two classes in the plane: boundaries side by side, and examples painted over them."""
