"""The Whoosh index of a corpus: one document a paragraph, in the cache directory."""
