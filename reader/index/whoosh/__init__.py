"""Whoosh's view of the index: its schema, its table of contents, and a codec that reads segments.

With it the index is Whoosh's, for its searchers and queries too. (Our own search does not use
those: it takes whole posting lists at a time, where a matcher makes several calls a posting.)
"""
