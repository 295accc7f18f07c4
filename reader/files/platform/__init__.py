"""What operating systems can do and Python's standard library does not offer."""
