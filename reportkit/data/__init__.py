"""What stands in a source: files and Python values become trees of Nodes."""
