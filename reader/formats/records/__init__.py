"""Articles as records: JSON, lines of JSON, tables of separated values."""
