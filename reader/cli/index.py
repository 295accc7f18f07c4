"""`reader index`: the state of a corpus's index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.common import report_unread
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader index             update the index and describe it
  reader index --check     verify it against the files; status 2 if damaged
  reader index --rebuild   rebuild it
"""


def command(corpus: Corpus, output: Output, rebuild: bool, check: bool) -> int:
    """Describe the index: articles, size, age, state.

    The size is in bytes, the age in seconds. Every command updates the index by itself, so this
    one is never needed.
    """
    if rebuild and check:
        raise ReaderError("--check and --rebuild exclude each other")
    if not check:
        corpus.update_index(rebuild=rebuild)
    described = corpus.describe_index(thorough=check)
    output.write(output.view.index(described))
    report_unread(corpus.root)
    return 2 if described.state in ("damaged", "untrusted") else 0
