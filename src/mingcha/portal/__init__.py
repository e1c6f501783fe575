"""The pages a citizen sees: what is published, and how to check it without trusting us."""
