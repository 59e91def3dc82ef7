"""Reforms: apply changes to a case, compare what the rules find before and after."""
