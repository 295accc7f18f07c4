"""Round trips: one text written in each format by programs, and read again.

    .venv/bin/python tests/bench/formats.py

Prints for each program and format how much of the text comes back: words, paragraphs that are
exactly those written, title; and the time for a thousand words. Pandoc and LibreOffice write what
they can if they are installed; the tests' own writers do the rest.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import documents

from reader.errors import UnreadableFile
from reader.formats import parse, suffix_of

SEED = Path(__file__).parents[2] / "corpus" / "azerbaijan-ready-to-engage-in-peace-talks.txt"
REPORT = """\
---
title: The ferries of the northern islands
---

The ferries that tie the northern islands to the mainland will sail half as often from October on, \
the company's well-known director, *Mira Sandström*, told the islands' council on Monday night.

“We have put this off for two winters,” she said, “and every winter it has cost us **more than a \
million**. I will not do it a third time.”

## What changes

Of the forty-one crossings a week nineteen remain. The [timetable](https://ferries.example/winter) \
keeps the morning boat for schoolchildren and the last one back, at a quarter to eleven.

- On Vall, the largest island, the post will come three times a week.
- On Grå and Little Grå, where 61 people live, it will come on Mondays only.

> The council takes note of the decision and regrets that it was not asked; it will ask the county \
to pay for four more crossings until spring.

## What the islanders say

At the harbour nobody was surprised. “First the bank, then the doctor, now the boat,” said Aino \
Perälä, who has kept the shop on Vall since 1987 and whose twenty-two-year-old grandson moved to \
the mainland in August. “They do not close an island. They let it fall asleep.”

Others see a chance. Tom Ødegård, a fisherman, has applied for a licence to carry passengers in \
his own boat, which takes eleven, and wants to begin as soon as the county's inspectors — who were \
last there in 2019 — have looked at it. He asks for 9.50 euros a crossing, less than the ferry.

The company, two-thirds of which belongs to the state, lost 3.2 million last year. It carried \
188,000 passengers, a fifth fewer than before the bridge to Sund was opened; the bridge, the \
director said, “has done to us what the ferry did to the rowing boats.”
"""
PANDOC = ("docx", "odt", "rtf", "epub")
OFFICE = ("docx", "odt", "rtf", "fodt", "pdf", "epub")


def gold(markdown):
    """The paragraphs of a text in Markdown, and its title."""
    title = re.search(r"^title: (.*)$", markdown, re.MULTILINE)
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)|(?<!\w)\*+|\*+(?!\w)", r"\1", body)
    paragraphs = []
    for block in re.split(r"\n\n+", plain.strip()):
        if block.startswith("- "):
            paragraphs += [line.removeprefix("- ") for line in block.split("\n")]
        elif not block.startswith("#"):
            paragraphs.append(" ".join(block.removeprefix("> ").split()))
    return title[1] if title else "", paragraphs


def seed():
    """The article that comes with reader, in Markdown."""
    text = SEED.read_text(encoding="utf-8")
    header, title, source, *body = (block.strip() for block in re.split(r"\n\s*\n", text.strip()))
    return f"---\ntitle: {title}\n---\n\n" + "\n\n".join(" ".join(block.split()) for block in body)


def written(markdown, folder):
    """The text in each format: program, file."""
    source = folder / "text.md"
    source.write_text(markdown, encoding="utf-8")
    for suffix in PANDOC if shutil.which("pandoc") else ():
        target = folder / f"pandoc.{suffix}"
        subprocess.run(
            ["pandoc", "-f", "markdown-smart", "-s", source, "-o", target],
            check=True,
            capture_output=True,
        )
        yield "pandoc", target
    office = shutil.which("soffice")
    if office and (folder / "pandoc.docx").exists():
        for suffix in OFFICE:
            target = folder / "office" / f"pandoc.{suffix}"
            subprocess.run(
                [office, "--headless", "--convert-to", suffix, "--outdir", target.parent,
                 folder / "pandoc.docx"],
                check=True, capture_output=True,
            )  # fmt: skip
            yield "LibreOffice", target
    title, paragraphs = gold(markdown)
    page = f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)
    lines = [(72, 760, 18, title)]
    text = "\n".join(paragraphs).replace("ä", "ä")
    pages = [
        documents.column(text, indent=12, y=730),
        documents.column(text, indent=12, y=730, width=210),
    ]
    contents = {
        "docx": documents.docx(documents.p(title, "Titel") + "".join(map(documents.p, paragraphs))),
        "epub": documents.epub({"one.xhtml": page}),
        "pdf": documents.pdf([*lines, *pages[0]]),
    }
    half = len(pages[1]) // 2
    columns = pages[1][:half] + [(x + 240, y + 13 * half, *rest) for x, y, *rest in pages[1][half:]]
    contents["columns.pdf"] = documents.pdf([*lines, *columns])
    for suffix, content in contents.items():
        target = folder / f"own.{suffix}"
        target.write_bytes(content)
        yield "tests", target


def measured(path, title, paragraphs):
    """Recall of words, share of paragraphs, title, seconds for a thousand words."""
    content = path.read_bytes()
    began = time.process_time()
    try:
        article = parse(content, "article", suffix_of(path.name))[0]
    except UnreadableFile as error:
        return 0.0, 0.0, str(error), 0.0
    seconds = time.process_time() - began
    own = [paragraph.text for paragraph in article.paragraphs]
    wanted = Counter(word for text in paragraphs for word in text.split())
    read = Counter(word for text in own for word in text.split())
    recall = sum((wanted & read).values()) / sum(wanted.values())
    exact = sum((Counter(paragraphs) & Counter(own)).values())
    share = exact / max(len(paragraphs), len(own))
    return recall, share, article.title == title, seconds / sum(wanted.values()) * 1000


def main():
    print(f"{'text':8} {'written by':12} {'file':20} {'words':>6} {'parts':>6} title  s/1000 words")
    for name, markdown in (("seed", seed()), ("report", REPORT)):
        title, paragraphs = gold(markdown)
        with tempfile.TemporaryDirectory() as folder:
            for program, path in written(markdown, Path(folder)):
                recall, share, has_title, seconds = measured(path, title, paragraphs)
                print(
                    f"{name:8} {program:12} {path.name:20} {recall:6.3f} {share:6.3f} "
                    f"{has_title!s:6} {seconds:.3f}"
                )


if __name__ == "__main__":
    main()
