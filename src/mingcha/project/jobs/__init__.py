"""The pages on which people follow their background jobs."""
