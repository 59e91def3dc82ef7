"""Benchmarks: ``python -m benchmarks`` takes minutes, ``python -m benchmarks --national`` runs the whole country."""
