"""A national arrangement on the real division tree, made from a seed, and what is measured on it."""
