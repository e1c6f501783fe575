"""The registers' background work: lists that are brought in, duplicates that are looked for."""

from mingcha.registry import duplicate_jobs
from mingcha.registry.importing import jobs as importing_jobs

__all__ = ["duplicate_jobs", "importing_jobs"]
