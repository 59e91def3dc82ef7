"""The written form of a check: a brief of one page, the findings in full, the responsibility matrix, the map."""
