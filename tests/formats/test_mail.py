"""Mail messages made to break their reader."""

import pytest

from reader.errors import UnreadableFile
from reader.formats import parse


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("Subject: " + "=?utf-8?q?a?= " * 100_000, id="encoded words"),
        pytest.param("From: " + "a, " * 100_000, id="addresses"),
        pytest.param("From: " + "(" * 3_000, id="comments"),
    ],
)
def test_a_header_that_takes_too_long_to_parse_is_left_out(header):
    article = parse(f"{header}\n\nThe ships came in at noon.\n".encode(), "letter", ".eml")
    assert (article.title, article.source) == ("letter", None)
    assert [paragraph.text for paragraph in article.paragraphs] == ["The ships came in at noon."]


@pytest.mark.parametrize(
    "part",
    [
        pytest.param("Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n", id="multipart"),
        pytest.param("Content-Type: message/rfc822\n\n", id="forwarded"),
    ],
)
def test_parts_nested_without_end_are_refused(part):
    nested = "".join(part.format(number) for number in range(1_100))
    with pytest.raises(UnreadableFile, match="cannot be understood"):
        parse(f"MIME-Version: 1.0\n{nested}\n\nHello.\n".encode(), "letter", ".eml")
