"""The pages on which a list is brought in."""
