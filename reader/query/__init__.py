"""The query language: a text to a tree, and a tree to Whoosh's own query."""
