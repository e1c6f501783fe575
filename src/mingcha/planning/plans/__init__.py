"""The arithmetic behind a year's plan: who is reached, how many, by whom, and how far it has come."""
