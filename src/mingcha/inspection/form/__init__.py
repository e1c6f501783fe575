"""The form of an inspection: what its fields are called, what they may hold, and how it reads."""
