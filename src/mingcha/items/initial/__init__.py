"""Initial data: the twenty items of the list (domain §7)."""
