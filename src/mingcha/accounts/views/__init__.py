"""The pages of accounts that are not register pages."""
