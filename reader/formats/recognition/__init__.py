"""What a file is, by its name and by how it begins."""
