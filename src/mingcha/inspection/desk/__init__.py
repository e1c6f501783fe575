"""Handwritten records, copied at a desk into the same form; what the form adds to an inspection's page."""
