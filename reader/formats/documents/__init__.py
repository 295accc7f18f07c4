"""Documents and archives: files of word processors, PDF, e-books, note books, web archives."""
