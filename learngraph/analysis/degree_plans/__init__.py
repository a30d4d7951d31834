"""Degree plans: the order of their terms, and the numbers that depend on it."""
