"""Seeded defects: sound random arrangements, one planter a rule, and how well the rules find what was planted."""
