"""The assembled product: settings, URLs, start-up checks, the `mingcha` command."""
