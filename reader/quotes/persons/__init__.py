"""The people of articles: names, their forms, and what pronouns stand for."""
