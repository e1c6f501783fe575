"""`mingcha serve`: one command for web, workers and clock."""
