"""Feeds whose articles are elsewhere."""
