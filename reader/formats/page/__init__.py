"""Parts of web pages: their text as paragraphs, and the data that they give about themselves."""
