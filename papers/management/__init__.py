"""Commands, each a thin door to a function of another room."""
