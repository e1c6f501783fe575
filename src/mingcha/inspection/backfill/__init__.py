"""回填: what was found here goes into the superior's platform, and is read back from it; nothing is typed."""
