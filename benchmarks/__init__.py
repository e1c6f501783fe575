"""Measurements of what the design rests on, each beside the other way of doing it (`make bench`)."""
