"""Pages of the registers beyond the generic ones, one file per thing."""
