from mingcha.inspection.tests.conftest import _built, county, here, now, visit

__all__ = ["_built", "county", "here", "now", "visit"]
