"""Cypher, read: what a query says, as values to go through."""
