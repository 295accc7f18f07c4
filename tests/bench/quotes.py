"""Accuracy and speed of finding quotations and their speakers, with the kinds of error.

    python tests/bench/quotes.py GOLD.jsonl[.gz] EVALUATE.py [--corpus CORPUS] [--examples N]

GOLD has annotated articles, EVALUATE.py scores predictions against them (`shared/quotes` has both).
Then come the ten most frequent kinds of error. CORPUS is timed on one processor, then one paragraph
of once, twice and four times a length, which should take once, twice and four times as long.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from folders import read_all

from reader.files.folder import Folder
from reader.formats.text import blocks_of, numbered
from reader.model.article import Article, Paragraph
from reader.model.quotation import Quotation
from reader.quotes import find


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("evaluate", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--examples", type=int, default=0, help="of each kind of error")
    options = parser.parse_args()
    articles = list(read_gold(options.gold))
    found = {article["id"]: find(read_article(article)) for article in articles}
    evaluate = _module(options.evaluate)
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        gold.write_text("".join(json.dumps(article) + "\n" for article in articles))
        predicted.write_text("".join(_lines(found)))
        evaluate.main(gold, predicted)
    print()
    errors: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles:
        for kind, example in errors_in(article, found[article["id"]], evaluate):
            errors[kind].append(example)
    for kind, examples in sorted(errors.items(), key=lambda item: -len(item[1]))[:10]:
        print(f"{len(examples):>5}  {kind}")
        for example in examples[: options.examples]:
            print(f"           {example}")
    if options.corpus:
        print()
        speed(options.corpus)


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The annotated articles."""
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    yield from map(json.loads, text.decode().splitlines())


def read_article(annotated: dict[str, Any]) -> Article:
    """An annotated article as `reader` reads it."""
    title = annotated.get("title") or annotated["id"]
    return Article(annotated["id"], title, numbered(blocks_of(annotated["text"])))


def _lines(found: dict[str, tuple[Quotation, ...]]) -> Iterator[str]:
    for article, quotes in found.items():
        for quote in quotes:
            known = {"text": quote.text, "kind": quote.kind, "speaker": quote.speaker}
            yield json.dumps({"article": article, **known}) + "\n"


def errors_in(
    annotated: dict[str, Any], found: tuple[Quotation, ...], evaluate: Any
) -> Iterator[tuple[str, str]]:
    """Each error's kind, with the quotation."""
    pool: defaultdict[str, list[Quotation]] = defaultdict(list)
    known = {evaluate.words(gold["text"]) for gold in annotated["quotes"]}
    for quote in found:
        for part in quote.parts:
            words = evaluate.words(part)
            pool[words].append(quote)
            if words not in known and not evaluate.other_marks(part, annotated["text"]):
                yield "marks paired differently: not in the annotation", part
    for gold in annotated["quotes"]:
        words = evaluate.words(gold["text"])
        if not words:
            continue
        if not pool[words]:
            yield "marks paired differently: the annotated one not found", gold["text"]
            continue
        kind = _kind(annotated, gold, pool[words].pop(0), evaluate)
        if kind:
            yield kind


def _kind(
    annotated: dict[str, Any], gold: dict[str, Any], quote: Quotation, evaluate: Any
) -> tuple[str, str] | None:
    named = f"{gold['speaker']!r}, not {quote.speaker!r} ({quote.attribution!r})"
    shown = f"{gold['text'][:60]!r}: {named}"
    if gold["speech"] != (quote.kind == "speech"):
        if gold["speech"]:
            return "speech taken for a term", shown
        return "a term taken for speech", shown
    named = gold["speech"] and evaluate.name_words(gold["speaker"])
    if not named or evaluate.same_speaker(gold["speaker"], quote.speaker):
        return None
    attribution = quote.attribution or ""
    right_place = attribution and (attribution in gold["speaker"] or gold["speaker"] in attribution)
    if quote.speaker is None:
        if attribution:
            which = "right" if right_place else "wrong"
            return f"no name: the {which} attribution, and no name for it", shown
        return "no name: no attribution", shown
    if right_place:
        return "wrong name: the right attribution, another's name", shown
    if not attribution:
        return "wrong name: the speaker of the previous quotation", shown
    start, end = gold["start"], gold["end"]
    near = annotated["text"][max(0, start - 200) : end + 200]
    if gold["speaker"] in near and attribution in near:
        return "wrong name: the wrong candidate of two near the quotation", shown
    return "wrong name: the speaker is named farther away", shown


def speed(path: Path) -> None:
    """Print paragraphs a second, and how the time grows with the text."""
    articles = list(read_all(Folder(path)))
    paragraphs = sum(len(article.paragraphs) for article in articles)
    for article in articles[:200]:  # loads the rules
        find(article)
    began = time.process_time()
    quotes = sum(len(find(article)) for article in articles)
    taken = time.process_time() - began
    print(f"{paragraphs / taken:,.0f} paragraphs/s ({paragraphs:,}, {quotes:,} quotations)")
    longest = max(articles, key=lambda article: len(find(article)))
    text = " ".join(paragraph.text for paragraph in longest.paragraphs)
    times = Counter[int]()
    for often in (1, 2, 4):
        whole = Article("long", "", (Paragraph(1, " ".join([text] * 20 * often)),))
        began = time.process_time()
        find(whole)
        times[often] = round(1e6 * (time.process_time() - began))
    grown = ", ".join(f"{often} x the text {times[often] / times[1]:.1f} x" for often in (2, 4))
    print(f"one paragraph of {20 * len(text):,} characters: {grown} the time")


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
