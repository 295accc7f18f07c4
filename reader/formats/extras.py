"""The optional libraries, each in an extra of the distribution, that some kinds of files need."""

from __future__ import annotations


def installing(extra: str) -> str:
    """How to install an extra, as an order to the user.

    The distribution is installed from its checkout: no package index has it.
    """
    return f"pip install '.[{extra}]' in the checkout"
