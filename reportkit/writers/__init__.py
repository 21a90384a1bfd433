"""Pages in, bytes out. A writer decides nothing: what it would measure or choose is decided in `pages`."""
