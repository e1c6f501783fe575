"""The static copy of the public site: files that need no server, to be hung on any portal (design §7)."""
