"""The registers' background work: lists that are brought in."""

from mingcha.registry.importing import jobs as importing_jobs

__all__ = ["importing_jobs"]
