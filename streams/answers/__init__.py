"""How people answer from afar: codes, signed links, and the one command that comes of either."""
