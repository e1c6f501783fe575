"""派发: from a drawn list to tasks in people's hands."""
