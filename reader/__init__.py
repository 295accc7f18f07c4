"""A terminal reader and search tool for news articles."""

__version__ = "0.1.0"
