"""Tests of the draw kernel: one file per behaviour."""
