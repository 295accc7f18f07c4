"""Folders of articles and the user's library: find, fetch, read, write."""
