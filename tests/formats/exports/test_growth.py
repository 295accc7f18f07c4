"""Reading an export takes a time that grows with its size, whatever is in it."""

import gc
import time
from contextlib import suppress

import pytest

from reader.errors import UnreadableFile
from reader.formats import parse
from reader.formats.exports import articles_in_page

SIZE = 30_000
TIMES = 4
# A time that is proportional grows four times, one with the square sixteen times.
MOST = 8
# Seconds of CPU time, which are more than the clock's error.
SHORTEST = 0.005

NEXIS = "1 of 1 DOCUMENT\n\nThe Post\n\nJanuary 11, 2010\n\nTolls\n\n"
END = "\n\nDocument EXNEWS0020260514em5e0001p\n"
# What a file begins with, what is repeated, what it ends with, and its suffix.
KINDS = {
    "marks": ("", "1 of 2 DOCUMENTS\n\n", "", ".txt"),
    "marks with text": ("", "1 of 2 DOCUMENTS\n\nThe Post\n\nMay 1, 2010\n\nT\n\n", "", ".txt"),
    "ends": ("", "End of Document\n", "", ".txt"),
    "digits": ("1 of 2 DOCUMENTS\n\n", "1", " of 2 DOCUMENTS", ".txt"),
    "blanks": ("LENGTH:", " ", "x\n", ".txt"),
    "blank lines": ("LENGTH: 1 words\nSECTION: A\n", "\n", "x\n", ".txt"),
    "header": (NEXIS, "BYLINE: x\n", "", ".txt"),
    "brackets": (NEXIS + "BYLINE: ", "(", "", ".txt"),
    "lines of a byline": (NEXIS + "BYLINE: x\n", "by\n", "", ".txt"),
    "notes": (NEXIS + "LENGTH: 9 words\n\n", "NOTE: x\n", "", ".txt"),
    "notes and text": (NEXIS, "NOTE: x\n\nThey came in. They went out.\n\n", "", ".txt"),
    "footer": (NEXIS + "LENGTH: 9 words\n\n", "LOAD-DATE: x\n\n", "", ".txt"),
    "footer of one block": (NEXIS + "LENGTH: 9 words\n\n", "LOAD-DATE: x\nx\n", "", ".txt"),
    "body": (NEXIS + "LENGTH: 9 words\n\n", "x\n\n", "LOAD-DATE: x\n", ".txt"),
    "titles": (NEXIS, "Title;\n\n", "LENGTH: 9 words\n", ".txt"),
    "numbers of documents": ("", END, "", ".txt"),
    "long number": ("\n\nDocument A", "0", "\n", ".txt"),
    "lengths": ("", "9 words\n", END, ".txt"),
    "codes": ("", "HD   x\n", END, ".txt"),
    "tabs": ("HD", "\t", "\nx" + END, ".txt"),
    "imprint": ("T\n\n9 words\nMay 1, 2010\n", "EN\n", END, ".txt"),
    "rules": ("Document 1 of 2\n\nFull text: x\n\nAuthor: x\n\n", "_" * 20 + "\n", "", ".txt"),
    "gaps": ("Document 1 of 2\n\nAuthor: x\n\nFull text: x", " " * 9 + "x", "", ".txt"),
    "fields": ("Document 1 of 2\n\nFull text: x\n\n", "Author: x\n", "", ".txt"),
    "cells": ("<p>End of Document</p>", "<td>HD</td>", "", ".html"),
    "code and blocks": ("<p>End of Document</p><table><tr><td>HD", "<p> </p>", "", ".html"),
    "articles": ("", "<div class=article><b class=headline>x</b>articleParagraph", "", ".html"),
    "publications": ("<article>", "<span class=DocPublicationName>x</span>", "", ".html"),
    "elements": ("<nitf><body><body.content>", "<p>x</p>", "</body.content></body></nitf>", ".xml"),
    "items": ("<NewsML>", "<NewsItem><HeadLine>x</HeadLine></NewsItem>", "</NewsML>", ".xml"),
    "messages": ("", "<REUTERS><BODY>x</BODY>", "", ".sgm"),
    "no end": ("", "<REUTERS><BODY>", "", ".sgm"),
}


def seconds(kind, size):
    """The CPU time of reading a file of a size, the least of three."""
    start, repeated, end, suffix = KINDS[kind]
    content = (start + repeated * (size // len(repeated)) + end).encode()
    times = []
    gc.disable()  # it looks through what other tests have left
    for _ in range(3):
        begun = time.process_time()
        with suppress(UnreadableFile):
            if suffix == ".html":  # other pages are read by another reader
                articles_in_page(content, "name")
            else:
                parse(content, "name", suffix)
        times.append(time.process_time() - begun)
    gc.enable()
    return max(min(times), SHORTEST)


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_the_size(kind):
    # Again if it seems not to: something else may have slowed the processor down.
    assert any(seconds(kind, TIMES * SIZE) / seconds(kind, SIZE) < MOST for _ in range(3))
