"""The public pages, one file a subject."""
