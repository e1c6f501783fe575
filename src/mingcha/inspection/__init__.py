"""现场检查: one firm, one visit, one form; from an approved task to a published result."""
