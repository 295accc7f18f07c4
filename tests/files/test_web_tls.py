"""Pages over TLS and through proxies; certificates are made here."""

import datetime
import os
import socket
import ssl

import pytest
import trustme
from servers import Proxy, RawServer, answer

from reader.errors import FetchError
from reader.files.web import fetch

CONTENT = b"A text from the web.\n"
PAGE = answer(CONTENT)
YESTERDAY = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)


class Authority:
    """A certificate authority, and servers' sides of TLS with its certificates."""

    def __init__(self):
        self._ca = trustme.CA()

    def write(self, path):
        """Write its own certificate, to be trusted."""
        self._ca.cert_pem.write_to_path(str(path))

    def context(self, *names, **options):
        """The server's side, with a certificate for names and numeric addresses."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*names, **options).configure_cert(context)
        return context


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def context(authority):
    return authority.context("127.0.0.1", "localhost", "news.example", "xn--bcher-kva.example")


@pytest.fixture(autouse=True)
def trusted(authority, tmp_path, monkeypatch):
    """The authority is the only one that is trusted."""
    authority.write(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def page(url):
    return fetch(url, allow_local=True)


def refusal(url, **options):
    with pytest.raises(FetchError) as caught:
        fetch(url, **{"allow_local": True, **options})
    assert str(caught.value).isprintable()
    return str(caught.value).partition(": ")[2]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_over_tls(context, host):
    with RawServer(lambda head: PAGE, context) as server:
        url = f"https://{host}:{server.port}/x"
        assert page(url) == (url, CONTENT, ".txt")
        assert "is a local address" in refusal(url, allow_local=False)


def test_redirects_lead_to_https_and_back(context):
    plain: dict[str, bytes] = {}
    secure: dict[str, bytes] = {}
    with (
        RawServer(lambda head: plain[head.split()[1]]) as first,
        RawServer(lambda head: secure[head.split()[1]], context) as second,
    ):
        http, https = f"http://127.0.0.1:{first.port}", f"https://localhost:{second.port}"
        plain["/"] = answer(status="301 Moved Permanently", Location=f"{https}/a")
        secure["/a"] = answer(status="308 Permanent Redirect", Location=f"{http}/b")
        plain["/b"] = answer(status="302 Found", Location=f"{https}/c")
        secure["/c"] = answer(status="303 See Other", Location="/d")
        secure["/d"] = PAGE
        assert page(f"{http}/") == (f"{https}/d", CONTENT, ".txt")


def test_certificates_that_are_not_valid_are_refused_in_words(authority):
    expired = authority.context(
        "localhost", not_before=YESTERDAY - datetime.timedelta(days=9), not_after=YESTERDAY
    )
    cases = {
        "certificate has expired": expired,
        "Hostname mismatch, certificate is not valid for 'localhost'": authority.context("a.test"),
        "unable to get local issuer certificate": Authority().context("localhost"),
    }
    for words, context in cases.items():
        with RawServer(lambda head: PAGE, context) as server:
            reason = refusal(f"https://localhost:{server.port}/")
            assert reason == f"the certificate of localhost is not valid: {words}"
            assert server.heads == []
            with RawServer(
                lambda head: answer(
                    status="302 Found",
                    Location=f"https://localhost:{server.port}/",
                )
            ) as first:
                reason = refusal(f"http://localhost:{first.port}/")
            assert reason.startswith(
                f"it redirects to https://localhost:{server.port}/: the certif"
            )


def test_a_certificate_that_signs_itself_is_refused(tmp_path, monkeypatch, authority):
    other = Authority()
    context = other.context("localhost")
    other.write(tmp_path / "self.pem")
    context.load_verify_locations(str(tmp_path / "self.pem"))  # sent with the server's own
    with RawServer(lambda head: PAGE, context) as server:
        reason = refusal(f"https://localhost:{server.port}/")
    assert reason.startswith("the certificate of localhost is not valid: ")


def test_a_server_without_tls_is_refused_in_words():
    with RawServer(lambda head: PAGE) as server:
        reason = refusal(f"https://localhost:{server.port}/")
    assert reason.startswith("no secure connection to localhost: ")


def test_an_answer_that_somebody_may_have_cut_is_refused(context):
    whole = answer(CONTENT, length=False)
    with RawServer(lambda head: whole, context) as server:
        assert page(f"https://localhost:{server.port}/").content == CONTENT
    with RawServer(lambda head: whole, context, ragged=True) as server:
        assert refusal(f"https://localhost:{server.port}/") == "connection closed early"
    with RawServer(lambda head: PAGE, context, ragged=True) as server:
        assert page(f"https://localhost:{server.port}/").content == CONTENT


def test_a_connection_with_something_else_in_it_is_refused(context):
    class Broken(RawServer):
        def talk(self, connection):
            super().talk(connection)
            with socket.socket(fileno=os.dup(connection.fileno())) as bare:
                bare.sendall(b"garbage")

    with Broken(lambda head: answer(CONTENT, length=99), context) as server:
        reason = refusal(f"https://localhost:{server.port}/")
    assert reason.startswith("the connection failed: ")


def test_the_time_holds_while_tls_begins():
    """A server that says nothing: a connection that nobody accepts."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        reason = refusal(f"https://localhost:{server.getsockname()[1]}/", seconds=0.3)
    assert reason == "no answer within 0.3 seconds"


def test_a_page_through_a_proxy(monkeypatch):
    """The proxy gets the name, which is not looked up, and the whole address."""
    with RawServer(lambda head: PAGE) as server, Proxy(server.port) as proxy:
        monkeypatch.setenv("http_proxy", f"http://me:a%20b@127.0.0.1:{proxy.port}/")
        assert fetch("http://bücher.example/é").content == CONTENT
    head = proxy.heads[0].splitlines()
    assert head[0] == "GET http://xn--bcher-kva.example/%C3%A9 HTTP/1.1"
    assert "Host: xn--bcher-kva.example" in head
    assert "Proxy-Authorization: Basic bWU6YSBi" in head


@pytest.mark.parametrize("variable", ["https_proxy", "all_proxy"])
def test_a_page_over_tls_through_a_proxy(monkeypatch, context, variable):
    with RawServer(lambda head: PAGE, context) as server, Proxy(server.port) as proxy:
        monkeypatch.setenv(variable, f"me:p@127.0.0.1:{proxy.port}")
        assert fetch("https://bücher.example/é").content == CONTENT
        assert fetch("https://news.example:8443/").content == CONTENT
        reason = refusal("https://other.example/")
        assert "Hostname mismatch" in reason
    first, second, _ = (head.splitlines() for head in proxy.heads)
    assert first[0] == "CONNECT xn--bcher-kva.example:443 HTTP/1.1"
    assert "Proxy-Authorization: Basic bWU6cA==" in first
    assert second[0] == "CONNECT news.example:8443 HTTP/1.1"
    assert "Proxy-Authorization" not in "".join(server.heads)
    assert server.heads[0].startswith("GET /%C3%A9 HTTP/1.1\r\nHost: xn--bcher-kva.example\r\n")


def test_what_a_proxy_refuses_is_said(monkeypatch):
    refused = answer(b"", status="407 Proxy Authentication Required")
    with Proxy(0, refused) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        assert refusal("https://a.example/") == "the proxy says 407 Proxy Authentication Required"
    assert refusal("https://a.example/").startswith("no connection to 127.0.0.1: ")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "a.localhost", "0x7f.1", "[::1]"])
def test_no_proxy_for_local_addresses(monkeypatch, host):
    with Proxy(0) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        assert "is a local address" in refusal(f"http://{host}/", allow_local=False)
    assert proxy.heads == []


def test_hosts_without_proxy_and_proxies_that_cannot_be_used(monkeypatch):
    with RawServer(lambda head: PAGE) as server:
        url = f"http://127.0.0.1:{server.port}/"
        monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1")
        assert refusal(url) == "a proxy of the kind socks5 cannot be used, only http"
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:x")
        assert refusal(url) == "the address of the proxy is malformed"
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert page(url).content == CONTENT
