"""The verbs of the law library."""
