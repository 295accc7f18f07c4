"""The index of a folder of articles, for as long as a `Corpus` is open: what stands behind it."""
