"""`reader help`: what there is to know that is of no command alone."""

from typing import Annotated, Any

import typer

from reader.errors import ReaderError

EXAMPLES = """\
  reader help query     the query language, with examples
  reader help search    the same as reader search --help
"""

QUERY = """\
A query is asked of each paragraph. All its words must occur in it; case,
accents, apostrophes, hyphens and English endings do not matter. Where no
single paragraph has them all, those with some of them are shown, of the
articles that have them all.

  peace treaty           both words
  "peace treaty"         the phrase
  "peace treaty"~5       the words, with at most five others among them
  treaty OR corridor     either; a row of words binds closer than OR
  peace NOT treaty       the one without the other; also peace -treaty
  (treaty OR road) Baku  groups
  treaty /s Baku         both in one sentence; /p: in one paragraph
  negotiat*              words that begin so
  wom?n  neg*tion        ? is one letter, * is any or none
  Zangezur~              words spelt nearly so, by one letter; Zangizir~2 by two

Fields ask of something else. text: is what the paragraph says, quote: what
somebody says in it, speaker: who; title: source: section: author: and tag: are
the article's. A field is of the word, phrase or group behind it.

  speaker:Aliyev         where somebody is quoted
  quote:corridor         inside speech
  title:(peace OR war)   in the article's title
  date:2021-05           articles of that month
  date:2021-05-20..2021-06-15  date:..2020  date:yesterday  date:"last month"

The same by options: --by NAME for speaker:, --quotes for quote: of all words,
--since and --until for date:, --source, --title, --in ARTICLE. With --any a
query is a question: any of its words will do. --exact takes the words as they
are typed, but for case; --fuzzy takes near spellings too.

Names for one thing are kept in the file aliases.toml in the config directory,
a line for each: Zangazur = ["Zangezur", "Zəngəzur"]. Each finds the others.

Behind -- a query may begin with a dash: reader search -- -treaty. What was
understood, and how much each part finds: reader search --explain QUERY.
"""

TOPICS = {"query": QUERY}


def command(
    ctx: typer.Context,
    topic: Annotated[
        str | None, typer.Argument(metavar="[TOPIC]", help="query, or a command.")
    ] = None,
) -> int:
    """Tell about the query language, or about a command."""
    parent: Any = ctx.parent
    if topic is None:
        print(parent.get_help())
        return 0
    if topic in TOPICS:
        print(TOPICS[topic], end="")
        return 0
    command = parent.command.get_command(parent, topic)
    if command is None:
        raise ReaderError(f"no help on {topic}: there is `query`, and each command's name")
    with command.make_context(f"reader {topic}", ["--help"], resilient_parsing=True) as asked:
        print(asked.get_help())
    return 0
