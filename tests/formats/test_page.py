"""The text of web pages: what is a paragraph, where it ends, and what stands between them."""

import time
from contextlib import suppress

import pytest
from articles import parse

from reader.errors import UnreadableFile

TOLLS = (
    "The harbour authority said on Monday that tolls for coastal freighters will rise by four per "
    "cent in March, after years of talks with owners."
)
UNION = (
    "The union of freight owners said that it would go to court, and that small firms would be "
    "hurt most by the new tolls."
)
OWNERS = (
    "Three owners were in the room when the paper was signed, and none of them spoke before the "
    "evening news."
)
LINKED = "On Friday the owners, Jan Ek, 54, and Ida Ek, 30, both of Wharf Road, denied the charge."


def read(body, head="<title>Harbour tolls to rise</title>"):
    nav = '<nav><a href="/">Home</a> <a href="/w">World</a></nav>'
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{nav}'
        f"<article><h1>Harbour tolls to rise</h1>{body}</article></body></html>"
    )
    return parse(page.encode(), "tolls", ".html")


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def blocks(article):
    return [(block.before, block.kind, block.text) for block in article.blocks]


def test_a_paragraph_has_line_breaks_within_its_sentences():
    wrapped = (
        "Since\n<a href='/a'>the climate activist</a>\ntravels by train,\n many people dream\n"
    )
    article = read(f"<p>{wrapped}of it.</p><p>{TOLLS}</p><p>{UNION}</p><p>“Yes,”<br>she said.</p>")
    assert texts(article) == [
        "Since the climate activist travels by train, many people dream of it.",
        TOLLS,
        UNION,
        "“Yes,” she said.",
    ]
    (link,) = article.paragraphs[0].spans
    assert (link.style, link.target) == ("link", "/a")
    assert texts(article)[0][link.start : link.end] == "the climate activist"


@pytest.mark.parametrize("between", ["<br><br>", "<br />\n<br/>", "<br>&nbsp;<br>"])
def test_two_line_breaks_end_a_paragraph(between):
    first = TOLLS.replace(" will ", "\nwill<br>")
    article = read(f"<div>{first}{between}{UNION}{between}{OWNERS}</div>")
    assert texts(article) == [TOLLS, UNION, OWNERS]


def test_a_list_of_dates_has_an_entry_a_line_and_a_verse_stays_together():
    tour = "June 9 – Hartlepool<br>June 11 – Whitby<br>June 12 – Hull"
    verse = "The ships came in<br>when the bell had rung,<br>and nobody spoke"
    article = read(f"<p>{TOLLS}</p><p>{tour}</p><p>{verse}</p><p>{UNION}</p><p>{OWNERS}</p>")
    assert texts(article) == [
        TOLLS,
        "June 9 – Hartlepool",
        "June 11 – Whitby",
        "June 12 – Hull",
        "The ships came in when the bell had rung, and nobody spoke",
        UNION,
        OWNERS,
    ]


def test_a_paragraph_that_is_one_link_is_kept_but_no_teaser():
    teaser = '<p><a href="/more">Why are the tolls rising? Read the whole story of it</a></p>'
    linked = f'<div><p><a href="/live"><strong>{LINKED} </strong></a></p></div>'
    article = read(f"<p>{TOLLS}</p>{linked}<p>{UNION}</p>{teaser}<p>{OWNERS}</p>")
    assert texts(article) == [TOLLS, LINKED, UNION, OWNERS]


@pytest.mark.parametrize(
    "signed",
    [
        "<footer>Petra Lindholm, ports minister</footer></blockquote>",
        "<footer>— Petra Lindholm, ports minister</footer></blockquote>",
        "<p><cite>— Petra Lindholm, ports minister</cite></p></blockquote>",
        "<cite>— Petra Lindholm, ports minister</cite></blockquote>",
    ],
)
def test_a_block_quotation_keeps_its_speaker(signed):
    quoted = "“We have waited for years with this step. The quays must pay for themselves.”"
    article = read(
        f"<p>{TOLLS}</p><blockquote><p>{quoted}</p>{signed}<p>{UNION}</p><p>{OWNERS}</p>"
    )
    signed_quotation = f"{quoted} — Petra Lindholm, ports minister"
    assert texts(article) == [TOLLS, signed_quotation, UNION, OWNERS]
    assert [paragraph.role for paragraph in article.paragraphs] == [
        "text",
        "quoted",
        "text",
        "text",
    ]


def test_headings_captions_tables_and_code_are_blocks():
    article = read(
        f"<p>{TOLLS}</p><figure><img src='/q.jpg'><figcaption>The quay on Monday.</figcaption>"
        f"</figure><p>{UNION}</p><h2>What it costs</h2>"
        "<table><tr><th>Ship</th><th>Toll</th></tr><tr><td>Coaster</td><td>40</td></tr>"
        "<tr><td>Boat</td><td>10</td></tr></table>"
        "<pre><code>def toll(ship):\n    return 40\n</code></pre>"
        f"<ul><li>Coastal freighters pay most of all, for the quay</li></ul><p>{OWNERS}</p>"
    )
    assert blocks(article) == [
        (2, "caption", "The quay on Monday."),
        (3, "heading", "What it costs"),
        (3, "table", "Ship\tToll\nCoaster\t40\nBoat\t10"),
        (3, "code", "def toll(ship):\n    return 40"),
    ]
    assert [paragraph.role for paragraph in article.paragraphs] == ["text", "text", "item", "text"]


def test_a_table_that_lays_out_a_page_is_not_one_paragraph():
    cells = f"<tr><td><p>{TOLLS}</p><p>{UNION}</p></td></tr><tr><td>{OWNERS}</td></tr>"
    article = parse(
        "<html><head><title>Harbour tolls to rise</title></head><body><table><tr><td>"
        f"<table>{cells}</table></td></tr></table></body></html>".encode(),
        "tolls",
        ".html",
    )
    assert texts(article) == [TOLLS, UNION, OWNERS]


def test_an_opening_set_as_a_heading_is_a_paragraph():
    lead = "The harbour will be dearer for all who ship by it, and may get dearer still, it says."
    article = read(f"<h2>{lead}</h2><p>{TOLLS}</p><p>{UNION}</p>")
    assert texts(article) == [lead, TOLLS, UNION]


def hostile(kind, count):
    """A page whose parts repeat, are nested or do not end."""
    bodies = {
        "same lines": "<p>" + "ab<br>" * count + "</p>" + "<p>ab</p>" * count,
        "captions": "<figure>" + "<figcaption>The quay</figcaption>" * count + "</figure>",
        "bylines": "<div class='byline'>by x1</div>" * count,
        "dates": "<time itemprop='datePublished'>x 5</time>" * count,
        "nested": "<div class='author'>" * 200 + "<p itemprop='author'>x y z</p>" * count,
        "dashes": "<figure><figcaption>" + "- " * (count * 10) + "</figcaption></figure>",
        "links": "<p>" + "<a href='/x'>word</a> " * count + "</p>",
        "json": "<script type='application/ld+json'>" + "[" * count + "</script>",
        "cells": "<table>" + "<tr><td>ab</td><td>cd</td></tr>" * count + "</table>",
    }
    article = f"<p>{TOLLS}</p>{bodies[kind]}<p>{UNION}</p><p>{OWNERS}</p>"
    return f"<html><body><article><h1>Tolls</h1>{article}</article></body></html>".encode()


@pytest.mark.parametrize(
    "kind",
    ["same lines", "captions", "bylines", "dates", "nested", "dashes", "links", "json", "cells"],
)
def test_time_grows_with_the_size_of_a_page(kind):
    def seconds(count):
        page = hostile(kind, count)
        start = time.process_time()
        with suppress(UnreadableFile):
            parse(page, "x", ".html")
        return time.process_time() - start

    seconds(10)
    once = min(seconds(500) for _ in range(2))
    assert seconds(2_000) < 12 * once + 0.5
