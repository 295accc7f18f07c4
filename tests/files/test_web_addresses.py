"""Addresses of pages: as browsers copy them; local ones are not connected to."""

import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import RawServer, answer

from reader.errors import FetchError
from reader.files.fetch_address import parse_address
from reader.files.fetch_connection import is_local
from reader.files.web import fetch

CONTENT = b"A text from the web.\n"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("http://a.example", "http://a.example/"),
        ("HTTP://A.Example:80/B", "http://a.example/B"),
        ("https://a.example:443/", "https://a.example/"),
        ("https://a.example:80/", "https://a.example:80/"),
        ("  http://a.example/x\n", "http://a.example/x"),
        ("http://a.example/é ü?q=ə b#frag ment", "http://a.example/%C3%A9%20%C3%BC?q=%C9%99%20b"),
        ("http://a.example/%C3%A9%20?a=%26", "http://a.example/%C3%A9%20?a=%26"),
        ("http://a.example?q=a'b\"<>", "http://a.example/?q=a%27b%22%3C%3E"),
        ("http://a.example/a;b=c,(d)!$&'*+@:", "http://a.example/a;b=c,(d)!$&'*+@:"),
        ("http://a.example/x\x1b[31m", "http://a.example/x%1B[31m"),
        ("http://a.example/\udce9", "http://a.example/%E9"),
        ("http://a.example/x#:~:text=peace", "http://a.example/x"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://b%C3%BCcher.example/", "http://xn--bcher-kva.example/"),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),
        ("http://новости.example:81/мир", "http://xn--b1amnebsh.example:81/%D0%BC%D0%B8%D1%80"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("http://my_host.example./", "http://my_host.example./"),
        ("http://[2001:DB8::0:1]:81/", "http://[2001:db8::1]:81/"),
    ],
)
def test_addresses_are_sent_as_browsers_send_them(typed, sent):
    assert parse_address(typed).url == sent
    assert parse_address(sent).url == sent


@pytest.mark.parametrize(
    "typed",
    [
        "a.example/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "http://:80/",
        "http://a@b.example/",
        "http://@b.example/",
        "http://:p@b.example/",
        "http://a.example:99999/",
        "http://a.example:x/",
        "http://a b.example/",
        "http://a\\b.example/",
        "http://a..example/",
        "http://a%00.example/",
        "http://a%2fb.example/",
        "http://[::1/",
        "http://[::g]/",
        "http://-\u2603-.example/",
        f"http://{'a.' * 200}example/",
        f"http://{'ü' * 100}.example/",
        "http://a.example/\ud800",
    ],
)
def test_other_addresses_are_refused(typed):
    with pytest.raises(FetchError) as caught:
        fetch(typed)
    assert "address" in str(caught.value)
    assert str(caught.value).isprintable()
    assert caught.value.url == typed


@given(st.text().map("http://".__add__) | st.text(alphabet="htp:/[]@%#?.ə1a ").map("http:".__add__))
def test_any_text_is_an_address_or_is_refused(text):
    try:
        address = parse_address(text)
    except FetchError:
        return
    assert address.url.isascii()
    assert address.url.isprintable()
    assert " " not in address.url
    assert parse_address(address.url) == address


def test_the_address_is_requested_as_it_is_sent(monkeypatch):
    with RawServer(lambda head: answer(CONTENT)) as server:
        url = f"http://localhost:{server.port}/é ü?q=ə#x"
        page = fetch(url, allow_local=True)
    assert page.url == f"http://localhost:{server.port}/%C3%A9%20%C3%BC?q=%C9%99"
    head = server.heads[0].splitlines()
    assert head[0] == "GET /%C3%A9%20%C3%BC?q=%C9%99 HTTP/1.1"
    assert f"Host: localhost:{server.port}" in head
    assert "Accept-Encoding: gzip" in head


def test_an_address_in_a_redirect_may_have_any_letters():
    def answers(head):
        if head.startswith("GET / "):
            return answer(status="302 Found", Location="/é ü?".encode().decode("latin-1"))
        if head.startswith("GET /%C3%A9%20%C3%BC "):
            return answer(status="302 Found", Location="/\xe9 x#y")
        return answer(CONTENT)

    with RawServer(answers) as server:
        page = fetch(f"http://127.0.0.1:{server.port}/", allow_local=True)
    assert page.url.endswith("/%E9%20x")


def test_five_redirects_are_followed_and_no_more():
    def answers(head):
        left = int(head.split()[1][1:])
        return answer(status="307 Temporary Redirect", Location=f"/{left - 1}") if left else text

    text = answer(CONTENT)
    with RawServer(answers) as server:
        assert fetch(f"http://127.0.0.1:{server.port}/5", allow_local=True).content == CONTENT
        with pytest.raises(FetchError, match=r"more than 5 redirects"):
            fetch(f"http://127.0.0.1:{server.port}/6", allow_local=True)
    assert len(server.heads) == 12


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "it redirects to file:///etc/passwd: not an http"),
        ("http://a:b@c.example/", "it redirects to .*: an address with a user name"),
        ("//a b/", "it redirects to .*: a malformed address"),
        ("data:text/plain,x", "it redirects to data:text/plain,x: not an http"),
    ],
)
def test_where_redirects_do_not_lead(location, reason):
    with (
        RawServer(lambda head: answer(status="301 Moved", Location=location)) as server,
        pytest.raises(FetchError, match=reason),
    ):
        fetch(f"http://127.0.0.1:{server.port}/", allow_local=True)


LOCAL = """0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 127.0.0.1 127.8.9.1 169.254.169.254 172.16.0.1
192.168.1.1 192.0.2.1 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1
64:ff9b:1::1 2002:7f00:1::1 2002:a00:1:: 2002:c0a8:101::5 2002:101:101::1 2001:db8::1 2001::1
fc00::1 fd12::1 fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1 100::1 4000::1""".split()
GLOBAL = """1.1.1.1 93.184.215.14 172.32.0.1 ::ffff:1.1.1.1 64:ff9b::101:101
2606:4700::1111 2a00::1""".split()


def test_which_addresses_are_local():
    assert [address for address in LOCAL if not is_local(address)] == []
    assert [address for address in GLOBAL if is_local(address)] == []


SPELLINGS = """127.0.0.1 127.1 0x7f.1 0177.0.0.1 2130706433 0 localhost [::1]
[::ffff:127.0.0.1] [0:0:0:0:0:ffff:7f00:1] １２７.0.0.1""".split()


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_local_address_is_refused_before_it_is_connected_to(host, monkeypatch):
    def connect(*arguments):
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match=r"is a local address.*--allow-local"):
        fetch(f"http://{host}:9/")


def test_nobody_learns_which_local_ports_are_open():
    with RawServer(lambda head: answer(CONTENT)) as server:
        with socket.create_server(("127.0.0.1", 0)) as other:
            closed = other.getsockname()[1]
        reasons = set()
        for port in (server.port, closed):
            with pytest.raises(FetchError) as caught:
                fetch(f"http://127.0.0.1:{port}/")
            reasons.add(str(caught.value).replace(str(port), "PORT"))
        assert len(reasons) == 1
        assert server.heads == []


def resolving(monkeypatch, *addresses):
    """Let news.example have these addresses."""
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *arguments, **options):
        if host == b"news.example":
            return [(2, 1, 6, "", (address, port)) for address in addresses]
        return real(host, port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(monkeypatch):
    """Of a name with local and other addresses only the others are tried, each a share of time."""
    tried = []

    def connect(address, timeout):
        tried.append((address, timeout))
        raise ConnectionRefusedError(111, "Connection refused")

    resolving(monkeypatch, "10.0.0.1", "1.1.1.1", "::1", "2606:4700::1111")
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match=r"no connection to news.example: Connection refused"):
        fetch("http://news.example/x", seconds=20)
    assert [address for address, _ in tried] == [("1.1.1.1", 80), ("2606:4700::1111", 80)]
    assert tried[0][1] < 10.1 < tried[1][1]
    resolving(monkeypatch, "10.0.0.1", "::1")
    with pytest.raises(FetchError, match=r"10.0.0.1 is a local address"):
        fetch("http://news.example/x")
    assert len(tried) == 2


def test_a_connection_that_has_reached_a_local_address_is_not_used(monkeypatch):
    with RawServer(lambda head: answer(CONTENT)) as server:
        real = socket.create_connection
        resolving(monkeypatch, "1.1.1.1")
        monkeypatch.setattr(
            socket, "create_connection", lambda address, timeout: real(("127.0.0.1", server.port))
        )
        with pytest.raises(FetchError, match=r"is a local address"):
            fetch("http://news.example/")
    # The port may have been another test's a moment ago, whose client still tries it.
    assert not any("news.example" in head for head in server.heads)


def test_a_name_without_address(monkeypatch):
    def getaddrinfo(*arguments, **options):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(FetchError, match=r"no address of news.example: Name or service not known"):
        fetch("http://news.example/")


def test_the_time_holds_while_a_name_is_looked_up(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(20) and [])
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"no answer within 0.2 seconds"):
        fetch("http://news.example/", seconds=0.2)
    over.set()
    assert time.monotonic() - began < 10


def trickle(start, piece):
    yield start
    for _ in range(60):
        yield piece
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"HTTP/1.1 103 Early\r\n\r\n"),
        (answer(length=10**6), b"x"),
        (answer(length=False, Transfer_Encoding="chunked"), b"1\r\nx\r\n"),
        (answer(length=10**6, Content_Encoding="gzip"), b"\x1f"),
        (b"", b""),
    ],
    ids=["status", "headers", "interim", "body", "chunks", "gzip", "silence"],
)
def test_the_time_holds_against_a_server_that_trickles(start, piece):
    began = time.monotonic()
    with (
        RawServer(lambda head: trickle(start, piece)) as server,
        pytest.raises(FetchError, match=r"no answer within 0\.3 seconds"),
    ):
        fetch(f"http://127.0.0.1:{server.port}/", allow_local=True, seconds=0.3)
    assert time.monotonic() - began < 10
