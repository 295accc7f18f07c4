"""`reader add` of addresses, by the command."""

import os
import ssl

import pytest
import trustme
from servers import NO_PROXY, RawServer, answer

TEXT = "Harbour Tolls to Rise\n\n" + "The harbour board raised its tolls on Monday. " * 9
CHANGED = TEXT.replace("Monday", "Tuesday")


@pytest.fixture
def add(reader, tmp_path):
    """Run `reader add --allow-local`, trusting the authority of this file."""

    def run(*arguments, **env):
        return reader("add", "--allow-local", *arguments, env={**NO_PROXY, **env})

    return run


@pytest.fixture
def library(home):
    return home / ".local/share/article-reader/library"


def stored(library):
    return sorted(os.listdir(library)) if library.exists() else []


def test_a_page_over_tls_is_added(add, reader, tmp_path, library):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with RawServer(lambda head: answer(TEXT.encode()), context) as server:
        url = f"https://localhost:{server.port}/tolls é#top"
        done = add(url)
        assert (done.returncode, done.stdout) == (2, "")
        assert "/tolls é#top: the certificate of localhost is not valid: " in done.stderr
        assert done.stderr.endswith(": not added\n")
        done = add(url, SSL_CERT_FILE=str(tmp_path / "ca.pem"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "harbour-tolls-to-rise\n", "")
    written = (library / "harbour-tolls-to-rise.md").read_text()
    assert f"url: https://localhost:{server.port}/tolls%20%C3%A9\n" in written


def test_a_page_that_has_changed_is_said_and_not_added(add, library):
    texts = [TEXT, TEXT, CHANGED, TEXT]
    with RawServer(lambda head: answer(texts.pop(0).encode())) as server:
        url = f"http://127.0.0.1:{server.port}/tolls"
        assert add(url).stdout == "harbour-tolls-to-rise\n"
        before = (library / "harbour-tolls-to-rise.md").read_bytes()
        done = add(url)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        done = add(url)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            f"reader: {url}: its text has changed since it was added as harbour-tolls-to-rise; "
            "`reader remove harbour-tolls-to-rise` first to replace it: not added\n"
        )
        assert add(url).returncode == 0
    assert stored(library) == ["harbour-tolls-to-rise.md"]
    assert (library / "harbour-tolls-to-rise.md").read_bytes() == before


def test_nothing_is_kept_of_what_is_not_whole_or_not_text(add, library):
    page = f"<html><body><h1>Tolls</h1><p>{TEXT}</p></body></html>".encode()
    answers = {
        "/cut": answer(page[:200], "text/html", length=len(page)),
        "/br": answer(page, "text/html", Content_Encoding="br"),
        "/pdf": answer(b"%PDF-1.7 " + page, "text/html"),
        "/image": answer(b"\x89PNG\r\n\x1a\n" + page, "text/plain"),
        "/escape": answer(b"", status="404 \x1b]0;x\x07"),
    }
    with RawServer(lambda head: answers[head.split()[1]]) as server:
        done = add(*(f"http://127.0.0.1:{server.port}{path}" for path in answers))
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == len(answers)
    assert all(line.isprintable() and line.endswith(": not added") for line in lines)
    assert stored(library) == []


def test_pages_that_all_claim_the_address_of_their_site_are_several(add, reader):
    def page(head):
        path = head.split()[1].strip("/")
        text = f"<p>{path}: the harbour board raised its tolls by {path} on Monday. </p>" * 5
        return answer(
            f"<html><head><title>Tolls {path}</title>"
            '<link rel="canonical" href="https://news.example/"></head>'
            f"<body><article><h1>Tolls {path}</h1>{text}</article></body></html>".encode(),
            "text/html",
        )

    with RawServer(page) as server:
        url = f"http://127.0.0.1:{server.port}"
        done = add(f"{url}/one", f"{url}/two")
    assert (done.returncode, done.stdout, done.stderr) == (0, "tolls-one\ntolls-two\n", "")
