"""What is true: data files become Facts, each value with its origin."""
