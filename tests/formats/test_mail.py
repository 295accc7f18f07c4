"""Mail messages made to break their reader."""

import pytest
from articles import parse

from reader.errors import UnreadableFile


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


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("Content-Type: text/plain; " + "a=b; " * 200_000, id="parameters"),
        pytest.param("Content-Type: text/plain; " + 'a="\\"";' * 100_000, id="quoted parameters"),
        pytest.param("Content-Type: " + "(" * 1_000_000, id="comments"),
        pytest.param("Content-Type: " + "(" * 3_000, id="a few comments"),
        pytest.param("Content-Transfer-Encoding: " + "(" * 100_000, id="transfer encoding"),
        pytest.param("Content-Disposition: x; " + "a=b; " * 200_000, id="disposition"),
        pytest.param("Subject: a" + "\n a" * 200_000, id="folded subject"),
        pytest.param("X-Header: a\n" * 100_000 + "X: b", id="many headers"),
    ],
)
def test_no_header_hides_the_text(header):
    article = parse(f"{header}\n\nThe ships came in at noon.\n".encode(), "letter", ".eml")
    assert [paragraph.text for paragraph in article.paragraphs] == ["The ships came in at noon."]


def test_text_in_an_encoding_that_no_mail_has_is_read_all_the_same():
    for charset in ("punycode", "idna", "unicode_escape", "no-such", "ascii", "zlib", '"'):
        content = f"Content-Type: text/plain; charset={charset}\n\nThe café -99999a opened.\n"
        article = parse(content.encode(), "letter", ".eml")
        assert article.paragraphs[0].text == "The café -99999a opened."


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?Caf=C3=A9?= opens", "Café opens"),
        ("=?utf-8?q?Caf=C3=A9?=\n =?utf-8?b?IG9wZW5z?=", "Café opens"),
        ("=?no-such?q?Caf=C3=A9?=", "Café"),
        ("=?utf-8?b?A?= broken", "=?utf-8?b?A?= broken"),
        ("Café opens", "Café opens"),
    ],
)
def test_a_subject_is_decoded(subject, title):
    article = parse(f"Subject: {subject}\n\nThe ships came in.\n".encode(), "letter", ".eml")
    assert article.title == title


PARTS = """\
Content-Type: multipart/mixed; boundary="a b"

This is a message in parts.
--a b
Content-Type: text/plain
Content-Disposition: attachment

Attached.
--a b
Content-Type: multipart/related; boundary=c; start="<two>"

--c
Content-Type: text/plain

Beside it.
--c
Content-Type: text/plain
Content-ID: <two>

--c is quoted, --a b-- too.
--c--
--a b
Content-Type: text/plain

The last part.
--a b--
After the end.
"""


def test_the_text_of_a_message_is_its_first_part_that_is_shown():
    article = parse(PARTS.encode(), "letter", ".eml")
    assert [paragraph.text for paragraph in article.paragraphs] == ["--c is quoted, --a b-- too."]
    crlf = parse(PARTS.replace("\n", "\r\n").encode(), "letter", ".eml")
    assert crlf == article


def test_a_message_that_is_cut_off_is_read_to_its_end():
    article = parse(PARTS.partition("quoted")[0].encode(), "letter", ".eml")
    assert [paragraph.text for paragraph in article.paragraphs] == ["--c is"]


def test_a_forwarded_message_is_read_for_one_that_has_nothing_else():
    content = b"Content-Type: message/rfc822\n\nSubject: Inner\n\nThe ships came in at noon.\n"
    article = parse(content, "letter", ".eml")
    assert [paragraph.text for paragraph in article.paragraphs] == ["The ships came in at noon."]
