"""The pages of a plan: itself, its lines, a superior's list."""
