"""How it is said: Facts go through a genre's template and come out as words, each printed fact sealed."""
