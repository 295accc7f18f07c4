"""Accuracy of reading saved web pages: the text, and where its paragraphs end.

    python tests/bench/pages.py [FOLDER]

FOLDER (by default ../shared/html) has `ground-truth.json`, the true bodies of articles by key, and
`pages/KEY.html.gz`. Text is compared as in the benchmark that the pages are from, as runs of four
words: precision is the share of extracted runs that are in the true body, recall the reverse, each
averaged over the pages. A true end of a paragraph is found if the three words before it and the
three behind it are extracted with an end of a paragraph between them; it is joined if they are
extracted without one. An extracted end is a cut if its words stand in the true body without one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path

from reader.errors import UnreadableFile
from reader.formats import parse
from reader.model.article import Article

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "html"
_SIDE = 3  # words on each side of a paragraph's end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder = parser.parse_args().folder
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    precision = recall = 0.0
    ends: Counter[str] = Counter()
    began = time.perf_counter()
    for key, page in truth.items():
        content = gzip.decompress((folder / "pages" / f"{key}.html.gz").read_bytes())
        extracted = body(content)
        true = page["articleBody"].split("\n")
        true_runs, extracted_runs = runs(" ".join(true)), runs(" ".join(extracted))
        common = sum((true_runs & extracted_runs).values())
        precision += common / max(sum(extracted_runs.values()), 1)
        recall += common / max(sum(true_runs.values()), 1)
        ends += compare_ends(true, extracted)
    seconds = time.perf_counter() - began
    precision, recall = precision / len(truth), recall / len(truth)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    print(f"pages {len(truth)}, {seconds / len(truth) * 1000:.0f} ms each")
    print(f"text: F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}")
    print(
        f"ends of paragraphs: {ends['found'] / ends['true']:.3f} of {ends['true']} found, "
        f"{ends['joined']} joined, {ends['cut']} cuts"
    )


def body(content: bytes) -> list[str]:
    """The paragraphs of a page and what stands between them, in order; none if it is not read."""
    try:
        articles = parse(content, "page", ".html")
    except UnreadableFile:
        return []
    return [text for article in articles for text in in_order(article)]


def in_order(article: Article) -> list[str]:
    """The texts of an article's paragraphs, headings and tables, which true bodies have."""
    blocks = [(b.before, 0, b.text) for b in article.blocks if b.kind != "caption"]
    paragraphs = [(paragraph.number, 1, paragraph.text) for paragraph in article.paragraphs]
    texts = [text for _, _, text in sorted(blocks + paragraphs, key=lambda each: each[:2])]
    return [line for text in texts for line in text.split("\n")]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words in a text, or all of a shorter text."""
    tokens = words(text)
    size = min(4, len(tokens)) or 1
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def compare_ends(true: list[str], extracted: list[str]) -> Counter[str]:
    """Counts of true ends of paragraphs, of those found and joined, and of cuts."""
    true_ends, true_inner = _ends(true)
    extracted_ends, extracted_inner = _ends(extracted)
    return Counter(
        true=len(true_ends),
        found=len(true_ends & extracted_ends),
        joined=len((true_ends - extracted_ends) & extracted_inner),
        cut=len((extracted_ends - true_ends) & true_inner),
    )


def _ends(paragraphs: list[str]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """The words around the ends of paragraphs, and around all other places."""
    tokens: list[str] = []
    ends: set[int] = set()
    for paragraph in paragraphs:
        tokens += words(paragraph)
        ends.add(len(tokens))
    sides = {
        place: tuple(tokens[place - _SIDE : place + _SIDE])
        for place in range(_SIDE, len(tokens) - _SIDE + 1)
    }
    at_ends = {sides[place] for place in ends if place in sides}
    return at_ends, {side for place, side in sides.items() if place not in ends}


if __name__ == "__main__":
    main()
