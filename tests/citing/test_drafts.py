"""Claims to quote the corpus, read out of drafts and command lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.citing.claims import Claim
from reader.citing.drafts import claims_in, claims_in_words

DRAFT = """\
---
title: A draft with “marks in its title”
---

# What was said

President **Ilham Aliyev** said that “we *all* live side by side.” The “so-called” deal is off.

> The road will open in spring.
>
> — Lena Aagaard, mediator

> “Ships are coming in again,”
>
> — [Olaf Berg](https://coast.example/berg), in “Harbour Reopens”

```
print("no quotation at all in this code")
```
"""


def test_a_draft():
    assert claims_in(DRAFT) == [
        Claim("we all live side by side.", "Ilham Aliyev", 2),
        Claim("The road will open in spring.", "Lena Aagaard", 3),
        Claim("Ships are coming in again,", "Olaf Berg", 5),
    ]


def test_names_and_scare_quotes_are_optional_claims():
    words = [claim.words for claim in claims_in(DRAFT, every=True)]
    assert "so-called" in words
    assert "Harbour Reopens" in words


def test_what_is_typed_is_a_claim_as_a_whole():
    assert claims_in_words("we live side by side") == [Claim("we live side by side")]
    assert claims_in_words("“we live side by side”", "Berg") == [
        Claim("we live side by side", "Berg")
    ]


def test_what_is_typed_with_its_speaker_is_taken_apart():
    assert claims_in_words("“We live side by side,” said Olaf Berg.") == [
        Claim("We live side by side,", "Olaf Berg")
    ]


def test_a_footnote_names_the_speaker_in_brackets():
    (claim, title) = claims_in(
        "“We live side by side” (Olaf Berg), in “Harbour Reopens After a Winter”, ¶2.", every=True
    )
    assert claim == Claim("We live side by side", "Olaf Berg", 1)
    assert title.words == "Harbour Reopens After a Winter"


@given(st.text("ab “”\"'’>*_[]()—\n`\\A", max_size=80))
def test_any_draft_is_read(text):
    for claim in claims_in(text, every=True):
        assert claim.words


@pytest.mark.parametrize(
    "quoted",
    [
        "``we will raise taxes next year.''",
        ",,we will raise taxes next year.”",
        ",,we will raise taxes next year.''",
        "&ldquo;we will raise taxes next year.&rdquo;",
        "&quot;we will raise taxes next year.&quot;",
        "&#8220;we will raise taxes next year.&#x201d;",
    ],
)
def test_quotation_marks_as_they_are_typed(quoted):
    [claim] = claims_in(f"Anna Weber said, {quoted} Nobody answered.")
    assert (claim.words, claim.speaker) == ("we will raise taxes next year.", "Anna Weber")


def test_what_only_looks_like_quotation_marks():
    assert claims_in("The plan costs 3,,4 and 5'' of ``code`` for AT&amp;T, '' and,, more.") == []


@pytest.mark.parametrize(
    "quoted",
    [
        "“We will [raise](https://a.example/b_c) taxes *next* year.”",
        "“We will [raise][1] taxes\nnext year.”\n\n[1]: https://a.example",
        "“We will ==raise== taxes <em>next</em> year.”[^1]\n\n[^1]: The Post.",
        '\\"We will raise taxes next year.\\"',
    ],
)
def test_what_stands_inside_a_quotation_is_no_part_of_it(quoted):
    [claim] = claims_in(f"Anna Weber said, {quoted}")
    assert (claim.words, claim.speaker) == ("We will raise taxes next year.", "Anna Weber")


def test_quotations_in_tables_headings_and_footnotes_are_claims():
    quoted = "“We will raise taxes next year”"
    for draft in (
        f"# {quoted}\n\nText.",
        f"| a |\n|---|\n| {quoted} |",
        f"A.[^1]\n\n[^1]: {quoted}",
    ):
        assert [claim.words for claim in claims_in(draft)] == ["We will raise taxes next year"]


def test_an_indented_quotation_is_a_claim_and_code_is_none():
    draft = (
        "He wrote:\n\n    “We will raise taxes next year,” he said.\n\n~~~\n“No claim at all”\n~~~"
    )
    assert [claim.words for claim in claims_in(draft)] == ["We will raise taxes next year,"]


def test_a_callout_is_a_block_quotation():
    claims = claims_in("> [!quote] Paper\n> The road will open in spring.\n>\n> — Lena Aagaard")
    assert claims == [Claim("The road will open in spring.", "Lena Aagaard", 2)]
