"""The command line: reads arguments, calls the core, hands results to a view."""
