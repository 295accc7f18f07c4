"""Answers queries over an open index: matching, ranking, highlights, suggestions."""
