"""For people: the same content and order as the plain view, laid out with Rich.

Article text reaches Rich only as Text, which takes nothing in it for markup. Colours are the
terminal's own sixteen, so they suit dark and light backgrounds alike.
"""

from __future__ import annotations

from reader.views.terminal.articles import ArticlePages
from reader.views.terminal.checked import CheckedPages
from reader.views.terminal.counts import CountPages
from reader.views.terminal.hits import HitPages
from reader.views.terminal.quotations import QuotationPages


class TerminalView(ArticlePages, HitPages, CountPages, QuotationPages, CheckedPages):
    """Pages for a terminal `width` columns wide, with or without `color`."""
