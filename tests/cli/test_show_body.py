"""How `show` prints what an article has beside plain paragraphs."""

import re

import pytest

from reader.formats import parse
from reader.model.selection import Selection
from reader.views.terminal import TerminalView

MARKDOWN = """\
# Tolls rise

The *tolls* for [freighters](https://a.example/é?b=1;c) and [others](javascript:alert(1)) rise.[^1]

> “We will pay,” said the owner of three of the ships that call at the port.

## Background

- One
- Two

| who | what |
|---|---|
| Anna | 3 ships |

```
if paid:
    pass
```

---

![The port](p.png)

[^1]: The Daily Test.
"""


def shown(width, color=False, markdown=MARKDOWN):
    (article,) = parse(markdown.encode(), "tolls", ".md")
    selection = Selection(article, None, None, list)
    return "".join(TerminalView(width, color).articles([selection], True))


def test_each_kind_of_block_is_told_apart():
    assert (
        shown(46)
        == """\
Tolls rise
25 words · 1 minute

1  The tolls for freighters and others rise.

2  │ “We will pay,” said the owner of three of
   │ the ships that call at the port.

   Background

3  • One

4  • Two

   who   what
   Anna  3 ships

   if paid:
       pass

   ────────

   The port

   [1] The Daily Test.
"""
    )


def test_only_addresses_of_the_web_are_links_and_they_are_the_same_each_time():
    page = shown(80, color=True)
    assert page == shown(80, color=True)
    links = re.findall(r"\x1b\]8;id=\d+;([^\x1b]*)\x1b\\", page)
    assert links == ["https://a.example/%C3%A9?b=1;c"]
    assert "\x1b[3mtolls\x1b[0m" in page
    plain = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", page)
    assert plain == shown(80)


@pytest.mark.parametrize("width", [1, 8, 20, 200])
def test_any_width_and_many_columns(width):
    table = "\n".join(["|a" * 30 + "|", "|-" * 30 + "|", "|bcd" * 30 + "|"])
    page = shown(width, markdown=f"# T\n\n{table}\n\n> One\n\n```\nx\n```")
    assert page.count("b") >= 30
    if width >= 20:
        assert all(len(line) <= width for line in page.splitlines())


def test_nothing_in_an_article_commands_the_terminal():
    link, code = "[a](https://a.example/\x1b]8;;b\x07) `\x1b[31m`", "```\n\x1b[2J\n```"
    hostile = f"# T\n\n{link}\n\n{code}\n\n|\x9b1m|\n|-|\n"
    page = shown(80, color=True, markdown=hostile)
    assert not re.search(r"\x1b(?!\[[0-9;]*m|\]8;|\\)|[\x07\x9b]", page)
    assert "\x1b[2J" not in page
    assert "\x1b[31m" not in page
