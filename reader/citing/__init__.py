"""Citations, the claims of drafts, and checking them against the corpus."""
