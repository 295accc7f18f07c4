"""The plain data that travels: articles, quotations, hits, summaries."""
