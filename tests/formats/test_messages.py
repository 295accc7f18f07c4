"""What mail programs and newsletters put around a text, and messages that forward others."""

import time

import pytest
from articles import parse
from hypothesis import given
from hypothesis import strategies as st

from reader import formats
from reader.errors import UnreadableFile
from reader.formats.dates import find_date
from reader.formats.messages.message import parse_message
from reader.formats.messages.plain import read_plain
from reader.language.clean import normalize
from reader.model.article import Block, StyledSpan

FIRST = "The harbour authority said on Monday that tolls for coastal freighters will rise."
SECOND = "“We have waited for years,” the ports minister, Petra Lindholm, said in Baku."
HEADERS = """\
From: "Harbour Weekly" <news@weekly.example.com>
To: reader@example.org
Date: Mon, 4 May 2026 23:30:00 -0500
Subject: Harbour tolls
MIME-Version: 1.0
"""


def mail(text, content_type="text/plain; charset=utf-8", headers=HEADERS):
    return f"{headers}Content-Type: {content_type}\n\n{text}".encode()


def both(text, page):
    return mail(
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n",
        "multipart/alternative; boundary=b",
    )


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def read(content):
    return parse(content, "letter", ".eml")


def date(text):
    return find_date(text).date


PAGE = (
    "<style>.pre{display:none}</style><div class=pre>A preview &zwnj;</div>"
    f"<h2>At the quay</h2><table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>"
    "<ul><li>A tug</li></ul><p><a href='https://x.example/u'>Unsubscribe</a> | Preferences</p>"
    "<p>1 Pier Road, Baku</p>"
)


def test_the_fuller_of_the_parts_is_read():
    stub = "View this email in your browser: https://x.example/view"
    article = read(both(stub, PAGE))
    assert texts(article) == [FIRST, SECOND, "A tug"]
    assert article.paragraphs[2].role == "item"
    assert article.blocks == (Block(1, "heading", "At the quay", 2),)
    assert (article.source, article.date) == ("Harbour Weekly", date("2026-05-04"))
    assert texts(read(both(f"{FIRST}\n\n{SECOND}", "<p>See the text.</p>"))) == [FIRST, SECOND]


@pytest.mark.parametrize("page", [f"<html><body>{PAGE}</body></html>", PAGE])
def test_a_page_called_plain_text_has_no_tags(page):
    assert texts(read(mail(page))) == [FIRST, SECOND, "A tug"]


def test_an_unknown_encoding_is_read_as_browsers_would():
    for charset, encoding in [("x-unknown", "utf-8"), ("x-unknown", "cp1252"), ("utf8", "utf-8")]:
        headers = f"{HEADERS}Content-Type: text/plain; charset={charset}\n\n".encode()
        assert texts(read(headers + SECOND.encode(encoding))) == [SECOND]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", "VGhlIHNoaXBzIGNhbWUu"),
        ("base64", "VGhl\r\n IHNoaXBz\nIGNhbWUu\n==\n"),
        ("BASE64", "VGhlIHNoaXBzIGNhbWUuCg"),
        ("quoted-printable", "The =73hips=\n came."),
        ("8bit", "The ships came."),
        ("no-such", "The ships came."),
    ],
)
def test_transfer_encodings(encoding, body):
    headers = f"{HEADERS}Content-Transfer-Encoding: {encoding}\n"
    assert texts(read(mail(body, headers=headers))) == ["The ships came."]


FLOWED = (
    "The harbour authority said on Monday that tolls for coastal freighters \n"
    "( https://click.example/8f9a0b/long/tracking/address ) will rise \nby four per cent.\n\n"
    "> The old rule \n> was kinder.\n> \n>> Kinder still.\n\n"
    "-- \nHarbour Weekly\nUnsubscribe: https://weekly.example/u\n"
)


def test_flowed_text_quoting_and_signature():
    article = read(mail(FLOWED, "text/plain; format=flowed"))
    first, *quoted = article.paragraphs
    assert first.text == (
        "The harbour authority said on Monday that tolls for coastal freighters will rise by four "
        "per cent."
    )
    link = first.spans[0]
    assert first.text[link.start : link.end] == "freighters"
    assert link.target == "https://click.example/8f9a0b/long/tracking/address"
    assert [(p.text, p.role) for p in quoted] == [
        ("The old rule was kinder.", "quoted"),
        ("Kinder still.", "quoted"),
    ]
    joined = read(mail("The har \nbour.\n", "text/plain; format=flowed; delsp=yes"))
    assert texts(joined) == ["The harbour."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIRST.replace(" for ", "\nfor ") + f"\n\n{SECOND}", [FIRST, SECOND]),
        ("News:\n\n* One\n* Two and\n  more\n\n1. First\n2. Second",
         ["News:", "One", "Two and more", "1. First", "2. Second"]),
        ("Tolls rise<https://x.example/a>\nand fall [image: A quay] soon.",
         ["Tolls rise and fall soon."]),
        ("Tolls rise [1] and [2009] fall.\n\nLinks:\n------\n[1] https://x.example/a\n",
         ["Tolls rise and [2009] fall."]),
        ("https://x.example/a\n\nTolls (https://x.example/b_(c)) rise.", ["Tolls rise."]),
        ("See https://x.example/a.", ["See https://x.example/a."]),
        (f"{FIRST}\n\n--\nJane Doe", [FIRST]),
        ("\n".join([FIRST, "", "-- ", *[f"Line {n}." for n in range(30)]]),
         [FIRST, "--", *[f"Line {n}." for n in range(30)]]),
        (f"View this newsletter in your browser ( https://x.example )\n\n{FIRST}\n\n"
         "You are receiving this email because you asked.\n\n1 Pier Road\n\n© Weekly", [FIRST]),
        ("Unsubscribe", ["Unsubscribe"]),
        ("He asked them to unsubscribe. " + "They did. " * 60,
         ["He asked them to unsubscribe. " + "They did. " * 59 + "They did."]),
    ],
)  # fmt: skip
def test_the_paragraphs_of_plain_text(text, expected):
    assert texts(read(mail(text))) == expected


def test_underlined_lines_are_headings_and_lines_alone_are_rules():
    text = f"** Tolls (https://x.example)\n------------\n{FIRST}\n\n======\n\n{SECOND}"
    paragraphs, blocks = read_plain(text)
    assert [paragraph.text for paragraph in paragraphs] == [FIRST, SECOND]
    link = StyledSpan(0, 5, "link", "https://x.example")
    assert (blocks[0].kind, blocks[0].text, blocks[0].spans) == ("heading", "Tolls", (link,))
    assert blocks[1] == Block(2, "rule")


INNER = f"""\
From: Coast Gazette <desk@coast.example>
Date: Fri, 1 May 2026 08:00:00 +0200
Subject: Tolls to rise

{FIRST}

{SECOND}
"""
ATTACHED = """\
--b
Content-Type: text/plain

{}
--b
Content-Type: message/rfc822
Content-Disposition: attachment

{}
--b--
"""


def test_an_attached_message_is_the_article():
    content = mail(ATTACHED.format("fyi", INNER), "multipart/mixed; boundary=b")
    article = read(content)
    assert (article.title, article.source) == ("Tolls to rise", "Coast Gazette")
    assert article.date == date("2026-05-01")
    assert texts(article) == [FIRST, SECOND]
    assert article.warnings == ()
    long = f"{FIRST} {SECOND} " * 3
    article = read(mail(ATTACHED.format(long, INNER), "multipart/mixed; boundary=b"))
    assert (article.title, article.source) == ("Harbour tolls", "Harbour Weekly")
    comment = f"{FIRST} {FIRST[:60]}"
    article = read(mail(ATTACHED.format(comment, INNER), "multipart/mixed; boundary=b"))
    assert article.warnings == ("a forwarded message: the 23 words above it are not read",)


GMAIL = f"""\
fyi

---------- Forwarded message ---------
From: Coast Gazette <desk@coast.example>
Date: Fri, May 1, 2026 at 8:00 AM
Subject: Tolls to rise
To: <reader@example.org>


{FIRST}

{SECOND}
"""
APPLE = f"""\
Begin forwarded message:

> From: "Coast Gazette" <desk@coast.example>
> Subject: Tolls to rise
> Date: 1 May 2026 at 08:00:00 CEST
> To: reader@example.org
>
> {FIRST}
>
> {SECOND}
"""
OUTLOOK = f"""\
________________________________
From: Coast Gazette <desk@coast.example>
Sent: Friday, May 1, 2026 8:00 AM
To: Reader <reader@example.org>
Subject: FW: Tolls to rise

{FIRST}

{SECOND}
"""
THUNDERBIRD = f"""\
-------- Weitergeleitete Nachricht --------
Betreff: Tolls to rise
Datum: 1 May 2026 08:00
Von: Coast Gazette <desk@coast.example>
An: reader@example.org

{FIRST}

{SECOND}
"""
GMAIL_PAGE = f"""\
<div dir="ltr">fyi<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">----------
Forwarded message ---------<br>From: <b>Coast Gazette</b> <span>&lt;<a
href="mailto:desk@coast.example">desk@coast.example</a>&gt;</span><br>Date: Fri, May 1, 2026 at
8:00 AM<br>Subject: Tolls to rise<br>To: &lt;reader@example.org&gt;<br></div><br><br>
<p>{FIRST}</p><p>{SECOND}</p></div></div>
"""
APPLE_PAGE = f"""\
<body><div>Begin forwarded message:</div><blockquote type="cite">
<div><b>From: </b>Coast Gazette &lt;desk@coast.example&gt;</div><div><b>Subject: </b><b>Tolls to
rise</b></div><div><b>Date: </b>1 May 2026 at 08:00</div><div><b>To: </b>reader@example.org</div>
<br><div>{FIRST}</div><div>{SECOND}</div></blockquote></body>
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [(GMAIL, "plain"), (APPLE, "plain"), (OUTLOOK, "plain"), (THUNDERBIRD, "plain"),
     (GMAIL_PAGE, "html"), (APPLE_PAGE, "html"), (GMAIL.replace("fyi", OUTLOOK[:33]), "plain"),
     (OUTLOOK.partition(FIRST)[0] + GMAIL, "plain")],
)  # fmt: skip
def test_a_forwarded_message_is_the_article(text, kind):
    headers = HEADERS.replace("Subject: ", "Subject: Fwd: ")
    article = read(mail(text, f"text/{kind}; charset=utf-8", headers))
    assert (article.title, article.source) == ("Tolls to rise", "Coast Gazette")
    assert article.date == date("2026-05-01")
    assert [(p.number, p.text, p.role) for p in article.paragraphs] == [
        (1, FIRST, "text"),
        (2, SECOND, "text"),
    ]


def test_an_answer_is_not_what_it_answers():
    answer = f"{FIRST} {SECOND}\n\n-----Original Message-----\n" + INNER.replace(SECOND, "")
    article = read(mail(answer))
    assert (article.title, article.source) == ("Harbour tolls", "Harbour Weekly")
    assert texts(article)[0] == f"{FIRST} {SECOND}"


def test_a_forwarded_date_that_is_not_understood_is_no_date():
    article = read(mail(GMAIL.replace("Fri, May 1, 2026 at 8:00 AM", "05/06/2026")))
    assert article.date is None
    assert article.warnings == ("the date “05/06/2026” is not understood",)


@pytest.mark.parametrize("label", ["Envoyé", "Enviado el", "Inviato", "Verzonden", "Enviada em"])
def test_the_names_of_headers_tell_the_language_of_a_forwarded_date(label):
    headers = f"From: Nora Quist <n@x.example>\n{label}: 05/06/2026 10:15\nSubject: Tolls"
    article = read(mail(f"---- Original Message ----\n{headers}\n\n{FIRST}\n\n{SECOND}"))
    assert (article.title, article.date, article.warnings) == ("Tolls", date("2026-06-05"), ())


def test_prose_that_looks_like_headers_is_none():
    text = f"To: all who care. From: us.\n\n{FIRST}\n\nSubject: none\n\n{SECOND}"
    assert len(read(mail(text)).paragraphs) == 4


ALERT = """\
=== News - 2 new results for [harbour tolls] ===

Harbour tolls to rise, minister says
Example News
The harbour authority said on Monday that tolls ...
<https://www.google.com/url?rct=j&url=https://news.example.com/a&ct=ga>

Freight owners object
Other News
Owners said the step was far too much ...
<https://www.google.com/url?rct=j&url=https://other.example.com/b>

- - - - - -
Unsubscribe from this Google Alert:
<https://www.google.com/alerts/remove?s=1>
"""
ALERT_PAGE = """\
<table><tr itemscope itemtype="http://schema.org/Article"><td>
<a href="https://www.google.com/url?url=https://news.example.com/a" itemprop="url">
<span itemprop="name">Harbour <b>tolls</b> to rise, minister says</span></a>
<div itemprop="publisher" itemscope><span itemprop="name">Example News</span></div>
<div itemprop="description">The harbour authority said on Monday that <b>tolls</b> ...</div>
</table>"""


@pytest.mark.parametrize(("text", "kind"), [(ALERT, "plain"), (ALERT_PAGE, "html")])
def test_the_results_of_an_alert_are_articles(text, kind):
    headers = HEADERS.replace("news@weekly.example.com", "googlealerts-noreply@google.com")
    articles = formats.parse(mail(text, f"text/{kind}", headers), "alert", ".eml")
    first = articles[0]
    assert (first.title, first.source) == ("Harbour tolls to rise, minister says", "Example News")
    assert (first.url, first.date) == ("https://news.example.com/a", None)
    assert texts(first) == ["The harbour authority said on Monday that tolls ..."]
    count = len(articles)
    assert first.warnings == (f"only summaries in {count} of its {count} entries",)
    if kind == "plain":
        assert [article.id for article in articles] == ["alert/1", "alert/2"]
        assert articles[1].url == "https://other.example.com/b"


MBOX = f"""\
From 123@xxx Mon May 04 23:30:00 +0000 2026
{mail(FIRST).decode()}

>From the quay it looked like that.
From here: no message begins.

From - Mon May  4 23:30:00 2026
X-Mozilla-Status: 0009
{mail("Deleted.").decode()}

From - Mon May  4 23:30:00 2026
{mail("", "image/png").decode()}

From news@weekly.example.com Mon May  4 23:30:00 2026
{mail(SECOND).decode()}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mailbox_is_its_messages(end):
    one, two = formats.parse(MBOX.replace("\n", end).encode(), "Inbox", ".mbox")
    assert (one.id, one.title) == ("Inbox/1", "Harbour tolls")
    assert texts(one)[0] == FIRST
    assert "From the quay it looked like that." in texts(one)[1]
    assert one.warnings == ("1 of its messages are not read: a mail message with no text in it",)
    assert texts(two) == [SECOND]


def test_a_mailbox_without_end_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr("reader.formats.messages.mbox.read_message", None)
    message = "From a@b Mon May  4 10:00:00 2026\nSubject: x\n\ny\n\n"
    with pytest.raises(UnreadableFile, match="more than 250,000 messages"):
        formats.parse(message.encode() * 250_001, "Inbox", ".mbox")


def test_a_line_without_end_is_not_looked_through_for_a_footer(monkeypatch):
    monkeypatch.setattr("reader.formats.messages.footers._UNSUBSCRIBE", None)
    monkeypatch.setattr("reader.formats.messages.footers._IN_BROWSER", None)
    (paragraph,) = read(mail("QUFB" * 500_000)).paragraphs
    assert len(paragraph.text) == 2_000_000


@pytest.mark.parametrize("content", [b"", b"Subject: x\n\ny", b"From a Mon 10:10 2026\n\n"])
def test_what_is_no_mailbox_is_refused(content):
    with pytest.raises(UnreadableFile, match="a mailbox"):
        formats.parse(content, "Inbox", ".mbox")


@pytest.mark.parametrize(
    "unit",
    [
        "From a 10:10\n\n", ">", "> a\n", "[1] https://a.b\n", "(https://a.b", "a (https://a.b) ",
        "-- \n", "a \n", "---------- Forwarded message ---------\nFrom: a@b\nSubject: c\n\nd\n\n",
        "From: To: ", "* a\n", "view ", "- ", "https://a.b/(", "<p>", "=?x", "[image: ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["plain; format=flowed", "plain", "html"])
def test_time_is_in_proportion_to_length(unit, kind):
    def seconds(size):
        content = mail(f"a\n\n{unit * (size // len(unit))}", f"text/{kind}")
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            parse_message(content, "x")
            best = min(best, time.process_time() - start)
        return best

    assert seconds(80_000) < 8 * seconds(20_000) + 0.02


def test_time_for_a_mailbox_is_in_proportion_to_its_length():
    def seconds(count):
        content = b"From a 10:10\n\na\n\n" * count
        start = time.process_time()
        formats.parse(content, "x", ".mbox")
        return time.process_time() - start

    assert seconds(8_000) < 8 * min(seconds(2_000) for _ in range(3)) + 0.02


LINES = st.lists(
    st.sampled_from(["a b ", "> q", "-- ", "* i", "", "---", "x (https://a.b)", "[1] https://a.b",
                     "From: a@b", "Subject: c", "Date: d", "Begin forwarded message:", "é"])
    | st.text(max_size=20),
    max_size=30,
)  # fmt: skip


@given(LINES, st.booleans(), st.booleans())
def test_any_text_gives_clean_paragraphs(lines, is_flowed, is_joined):
    paragraphs, blocks = read_plain("\n".join(lines), is_flowed, is_joined)
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, len(paragraphs) + 1))
    for paragraph in paragraphs:
        assert paragraph.text
        assert paragraph.text == normalize(paragraph.text)
        assert all(0 <= s.start < s.end <= len(paragraph.text) for s in paragraph.spans)
    assert all(1 <= block.before <= len(paragraphs) + 1 for block in blocks)


@given(LINES, st.sampled_from(["plain", "html", "plain; format=flowed"]))
def test_any_message_is_an_article_or_an_unreadable_file(lines, kind):
    try:
        (article,) = parse_message(mail("\n".join(lines), f"text/{kind}"), "x")
    except UnreadableFile:
        return
    numbers = [paragraph.number for paragraph in article.paragraphs]
    assert numbers == list(range(1, len(numbers) + 1))
