"""Small neighbours of inputs that fuzzing found."""

import pytest
from articles import parse
from fuzz.inputs import PROSE
from servers import RawServer, answer

from reader.errors import FetchError
from reader.files.web import fetch


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".md", f"---\ntit\x7fle: a\nti\tt\x9ble: Tolls\n---\n\n{PROSE}\n"),
        (".json", f'{{"titl\\te": "Tolls", "te\\u001bxt": "{PROSE}", "tex\\tt": "{PROSE}"}}'),
        (".csv", f'ti\x1btle,te\txt\nTolls,"{PROSE}"\n'),
    ],
)
def test_a_key_that_is_named_to_the_user_has_no_control_characters(suffix, content):
    for origin in parse(content.encode("utf-8"), "a", suffix).origins:
        assert origin.place.isprintable()
        assert origin.place == " ".join(origin.place.split())


@pytest.mark.parametrize("end", ["<description/>", "<desannel></rss>", "<summary/><content/>"])
def test_an_entry_of_a_feed_whose_summary_is_cut_is_no_error(end):
    pytest.importorskip("feedparser")
    entry = f"<item><title>Tolls</title><description>{PROSE}</description></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{entry}<item><title>B</title>{end}'
    assert parse(feed.encode(), "a", ".xml").title == "Tolls"


@pytest.mark.parametrize("location", ["http://[", "//[a", "http://[::1", "//a]b/", "http://[v1.]/"])
def test_a_redirect_to_a_malformed_address_is_refused(location):
    with (
        RawServer(lambda head: answer(status="302 Found", Location=location)) as server,
        pytest.raises(FetchError) as caught,
    ):
        fetch(f"http://127.0.0.1:{server.port}/", allow_local=True)
    assert str(caught.value).isprintable()
