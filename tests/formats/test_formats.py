"""What holds for every format: the table is consistent, and any bytes have a clear result."""

import pytest
from articles import parse
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableFile
from reader.formats import FORMATS, MEDIA_TYPES, SUFFIXES, guess_suffix, is_text

PIECES = st.sampled_from(
    [
        b"---\n",
        b"title: A\n",
        b"Subject: A\n",
        b"Content-Type: text/html\n\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
        b"<p>",
        b"</p>",
        b"<html>",
        b"By Jane Doe\n",
        b"2021-05-20\n",
        b"\n\n",
        b"\xff\xfe",
        b"\x00",
        b"Words of a sentence that is long enough to be a paragraph of prose in a text.\n",
    ]
)


def test_each_suffix_is_of_one_format_and_each_media_type_leads_to_its_own():
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert sum(len(format.media_types) for format in FORMATS) == len(MEDIA_TYPES)
    for format in FORMATS:
        assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in format.suffixes)
        assert set(format.media_types.values()) <= set(format.suffixes)
        assert all(is_text(suffix.upper()) is format.is_text for suffix in format.suffixes)


def test_a_suffix_of_no_format_is_read_as_text():
    assert is_text("")
    assert is_text(".xyz")
    assert parse(b"Words", "a", ".xyz") == parse(b"Words", "a", ".txt")


@pytest.mark.parametrize("suffix", [format.suffixes[0] for format in FORMATS])
@given(st.binary(max_size=300) | st.lists(PIECES, max_size=12).map(b"".join))
def test_any_bytes_are_an_article_or_an_unreadable_file(suffix, content):
    try:
        article = parse(content, "folder/name", suffix)
    except UnreadableFile as error:
        assert str(error).isprintable()
    else:
        assert article.id == "folder/name"
        assert article.title
    assert guess_suffix(content) in SUFFIXES
