"""Saved web pages, read by the modules of reader.formats.page."""

from reader.formats.page.article import parse_html as parse_html
