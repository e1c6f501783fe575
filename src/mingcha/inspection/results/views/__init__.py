"""Pages around a result."""
