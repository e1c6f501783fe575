"""Reads of basics, one module a subject: `from mingcha.basics.selectors import parameters`."""
