"""Measures on the projected graph: what Cypher alone cannot say."""
