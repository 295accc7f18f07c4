"""No test of this folder goes through a proxy, unless it sets one."""

import pytest


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    """No proxy is set."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
