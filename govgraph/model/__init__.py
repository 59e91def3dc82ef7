"""The arrangement in memory: the vocabulary and the case. No I/O but the vocabulary's own YAML."""
