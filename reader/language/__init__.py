"""Text as language: cleaning, tokens, stems, sentences, spelling, word lists."""
