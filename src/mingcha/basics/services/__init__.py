"""Verbs of basics, one module a subject: `from mingcha.basics.services import deadlines, numbers`."""
