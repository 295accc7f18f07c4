"""`reader show`: read an article, or paragraphs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.output import report

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader show                    the newest article
  reader show azerbaijan         the article with this in its id or title
  reader show azerbaijan:6       its sixth paragraph
  reader show -n azerbaijan:2-4  three paragraphs, numbered
  reader show --why azerbaijan   where its title, date and so on were read
"""


def command(
    corpus: Corpus, output: Output, locators: list[str] | None, numbers: bool, why: bool
) -> int:
    """Read an article, or paragraphs of it.

    Without a LOCATOR, the newest article is shown.
    """
    selections = corpus.selections(locators or ())
    if why:
        from reader.model.origins import field_origins

        origins = (origin for each in selections for origin in field_origins(each.content))
        output.write(output.view.origins(origins))
    else:
        output.write(output.view.articles(selections, numbers))
    for selection in selections:
        for warning in selection.content.warnings:
            report(f"{selection.article}: {warning}")
    return 0
