"""Reading and indexing a file takes a time that grows with its size, whatever is in it.

Each kind is a text that made it grow with the square of the size, or worse. Compared are the CPU
times of a size and of four times that, so that a slow machine changes nothing.
"""

import time

import pytest
from articles import parse

from reader.files.folder import Folder
from reader.index.build import Batch, build, new_segment_name

SIZE = 40_000
TIMES = 4
# A time that is proportional grows four times, one with the square sixteen times.
MOST = 8
# Seconds of CPU time, which are more than the clock's error.
SHORTEST = 0.002


FRONT = "---\ntitle: Talks\n"
TEXT = "\n---\n\nThe ships came in.\n"
PARTS = "Content-Type: multipart/mixed; boundary=b\n\n"
MAIL = "\n\nThe ships came in.\n"

# By a file's name: what it begins with, what is repeated, and what it ends with.
KINDS = {
    "aliases.md": (FRONT + "a: &a x\ntags: [", "*a,", "]" + TEXT),
    "tags.md": (FRONT + "tags: [", "a,", "]" + TEXT),
    "keys.md": (FRONT, "key: value\n", TEXT),
    "nested.md": (FRONT + "tags: ", "[", TEXT),
    "no-end.md": ("", "--- \n", ""),
    "nested.eml": ("", PARTS + "--b\n", MAIL),
    "forwarded.eml": ("", "Content-Type: message/rfc822\n\n", ""),
    "parts.eml": (PARTS, "--b\n\n", ""),
    "like-parts.eml": (PARTS, "--bx\n", ""),
    "comments.eml": ("Content-Type: ", "(", MAIL),
    "parameters.eml": ("Content-Type: text/plain; ", "a=b;", MAIL),
    "quoted.eml": ("Content-Type: text/plain; ", 'a="";', MAIL),
    "addresses.eml": ("From: ", "a,", MAIL),
    "folded.eml": ("Subject: a\n", " a\n", MAIL),
    "encoded.eml": ("Subject: ", "=?utf-8?q?a?= ", MAIL),
    "headers.eml": ("", "X-A: b\n", MAIL),
    "punycode.eml": ("Content-Type: text/plain; charset=punycode\n\na-", "99a", ""),
    "open.txt": ("", '"a ', ""),
    "curly.txt": ("", "“a ", ""),
    "single.txt": ("", "'a' ", ""),
    "mixed.txt": ("", '“a "b ‘c «d ', ""),
    "continued.txt": ("", '"a b c d e\n\n', ""),
    "stops.txt": ('"a" ', ".", ""),
    "said.txt": ("", "“Yes, it is so,” said Ann Lee of Oslo. ", ""),
    "names.txt": ('"No," said ', "Ann Lee, ", ""),
    "hyphens.txt": ("", "a-", ""),
    "letters.txt": ("", "a\n\n", ""),
    "words.txt": ("“", "a. ", ""),
    "quoted-names.txt": ("", "“Ann Lee”\n\n", ""),
    "speakers.txt": ("", "“No,” said Ann Lee.\n\n", ""),
    "unmarked.txt": ("\xd0", "\xee\xf1 a", ""),
    "accents.txt": ("a", "\u0301\u0327", ""),
}


def content(kind, size):
    before, unit, after = KINDS[kind]
    return before + unit * (size // len(unit)) + after


def seconds(kind, size, folder):
    """The CPU time of making a segment of a file."""
    folder.mkdir()
    encoding = "latin-1" if kind == "unmarked.txt" else "utf-8"
    (folder / kind).write_text(content(kind, size), encoding)
    files = Folder(folder).files
    best = 60.0
    for _ in range(3):
        batch = Batch(str(folder), folder, new_segment_name(), files, {})
        began = time.process_time()
        build(batch, lambda _steps: None)
        best = min(best, time.process_time() - began)
        if best > 0.2:
            break
    return max(best, SHORTEST)


@pytest.mark.parametrize("kind", KINDS)
def test_the_time_for_a_file_grows_with_its_size(kind, tmp_path):
    # Again if it seems not to: something else may have slowed the processor down.
    assert any(
        seconds(kind, TIMES * SIZE, tmp_path / f"more-{attempt}")
        < MOST * seconds(kind, SIZE, tmp_path / f"once-{attempt}")
        for attempt in range(3)
    )


@pytest.mark.parametrize("levels", [9, 90])
def test_aliases_inside_aliases_are_not_expanded(levels):
    names = [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    front = "\n".join(["a0: &a0 [x]", *names, "title: Talks"])
    began = time.process_time()
    article = parse(f"---\n{front}\n---\n\nThe ships came in.\n".encode(), "a", ".md")
    assert time.process_time() - began < 2
    assert (article.title, len(article.paragraphs)) == ("Talks", 1)
