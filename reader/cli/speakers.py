"""`reader speakers`: who is quoted, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.common import report_unread
from reader.cli.output import note, print_line

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus
    from reader.model.choices import Period, SpeakerSort
    from reader.model.filters import QuotationFilters

EXAMPLES = """\
  reader speakers                       who is quoted, most often first
  reader speakers --about corridor      on one subject
  reader speakers --since 2021 -m 10    the ten most quoted since 2021
  reader speakers | cut -f1,2           names and quotations
  reader speakers --period month -m 5   the five most quoted, month by month
"""


def command(
    corpus: Corpus,
    output: Output,
    filters: QuotationFilters,
    period: Period | None,
    sort: SpeakerSort,
    limit: int,
    count: bool,
) -> int:
    """Count quotations by speaker.

    Each row has a speaker's quotations, words, articles, first and last day. The forms of one
    person's name are counted together where that is safe. The last row, `-`, is speech without a
    named speaker, or with a name that many people have. With `--period`, each row has a speaker, a
    period with quotations, and the quotations, words and articles in it; a date of which only the
    year or the month is known is a period of its own.
    """
    speakers = corpus.speakers(sort=sort, period=period, **filters)[: limit or None]
    if not speakers:
        note("nobody is quoted")
        report_unread(corpus.root)
    if count:
        print_line(len(speakers))
    elif speakers:
        output.write(output.view.speakers(speakers))
    return 0 if speakers else 1
