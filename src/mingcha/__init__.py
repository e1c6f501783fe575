"""明查 Mingcha: double-random, open supervision for a county Human Resources and Social Security bureau."""

__version__ = "0.1.0"
