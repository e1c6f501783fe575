"""The inspector's phone: what it takes along, and how what it wrote without a network comes home."""
