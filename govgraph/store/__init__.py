"""Stores: an embedded engine and Neo4j behind one protocol. All statements are built from the vocabulary."""
