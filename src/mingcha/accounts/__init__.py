"""People, units, roles with their reach, duties that exclude each other, and signing in."""
