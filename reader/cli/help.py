"""`reader help`: help on commands and on the query language."""

from __future__ import annotations

from typing import Any

from reader.cli.output import print_text
from reader.errors import ReaderError

EXAMPLES = """\
  reader help query     the query language, with examples
  reader help search    the same as `reader search --help`
"""

QUERY = """\
A query is matched against each paragraph. All its words must be in it; case,
accents, apostrophes, hyphens and English endings are ignored. If no paragraph
has them all, paragraphs with some of them are shown, from articles that have
them all.

  peace treaty           both words
  "peace treaty"         the phrase
  "peace treaty"~5       the words, with at most five others between them
  treaty OR corridor     either; words side by side bind closer than OR
  peace NOT treaty       the first without the second; also peace -treaty
  (treaty OR road) Baku  grouping
  treaty /s Baku         both in one sentence; /p: in one paragraph
  negotiat*              words with this prefix
  wom?n  neg*tion        wildcards: ? is one letter, * any number of letters
  Zangezur~              similar spellings, by one letter; Zangizir~2 by two

A field limits the word, phrase or group after it. text: is the paragraph,
quote: the speech in it, speaker: who is quoted; title: source: section:
author: and tag: are the article's.

  speaker:Aliyev         paragraphs that quote Aliyev
  quote:corridor         in speech
  title:(peace OR war)   in the article's title
  date:2021-05           articles of that month
  date:2021-05-20..2021-06-15  date:..2020  date:yesterday  date:"last month"

Options do the same: --by NAME for speaker:, --quotes for quote: on all words,
--since and --until for date:, --source, --title, --in ARTICLE. --any ranks
paragraphs with any of the words, as for a question. --exact matches words as
typed, except for case; --fuzzy also matches similar spellings.

Aliases, other names for one thing, are lines of aliases.toml in the config
directory: Zangazur = ["Zangezur", "Zəngəzur"]. Each finds the others.

After -- a query may begin with a dash: reader search -- -treaty. How a query
is parsed, with the hits of each part: reader search --explain QUERY.
"""

TOPICS = {"query": QUERY}


def command(ctx: Any, topic: str | None) -> int:
    """Show help on a command or the query language."""
    parent: Any = ctx.parent
    if topic is None:
        print_text(parent.get_help())
        return 0
    if topic in TOPICS:
        print_text(TOPICS[topic])
        return 0
    command = parent.command.get_command(parent, topic)
    if command is None:
        raise ReaderError(f"no help on {topic}: name a command, or `query`")
    with command.make_context(f"reader {topic}", ["--help"], resilient_parsing=True) as context:
        print_text(context.get_help())
    return 0
