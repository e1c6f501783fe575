"""The pages of the item list."""
