"""Documents of word processors: what is prose, what is not, and whose names and days are whose."""

import time
import zipfile

import pytest
from articles import parse
from documents import PROSE, docx, odt, p, r, zipped

from reader.errors import UnreadableFile
from reader.formats import guess_suffix
from reader.formats.documents import archive
from reader.model.article import Block, StyledSpan


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def test_styles_say_what_a_paragraph_is_in_any_language():
    body = (
        p("Harbour tolls to rise", "Titel")
        + p("Nora Quist", "Author")
        + p(PROSE)
        + p("What it costs", "berschrift1")
        + p(PROSE, "Zitat")
        + p(PROSE, "", '<w:numPr><w:numId w:val="3"/></w:numPr>')
    )
    article = parse(docx(body), "a", ".docx")
    assert (article.title, article.author) == ("Harbour tolls to rise", "Nora Quist")
    assert [paragraph.role for paragraph in article.paragraphs] == ["text", "quoted", "item"]
    assert article.blocks == (Block(2, "heading", "What it costs", 1),)
    assert {origin.field: origin.place for origin in article.origins} == {
        "title": "the paragraph in the style Title",
        "author": "the paragraph in the style Author",
    }


def test_the_first_heading_is_the_title_unless_prose_is_before_it():
    heading = p("What it costs", "berschrift1")
    assert parse(docx(heading + p(PROSE)), "a", ".docx").title == "What it costs"
    article = parse(docx(p(PROSE) + heading + p(PROSE)), "a", ".docx")
    assert (article.title, len(article.blocks)) == ("a", 1)


def test_a_printed_header_is_read_as_in_a_text():
    lines = ["Harbour tolls to rise", "The Coast Post", "By Nora Quist", "14 May 2026"]
    article = parse(docx("".join(map(p, [*lines, PROSE]))), "a", ".docx")
    assert (article.title, article.source, article.author) == (lines[0], lines[1], "Nora Quist")
    assert article.date.isoformat() == "2026-05-14"
    assert texts(article) == [PROSE]


def test_a_name_below_the_title_is_no_source():
    article = parse(docx(p("Tolls rise", "Titel") + p("Nora Quist") + p(PROSE)), "a", ".docx")
    assert article.source is None
    assert texts(article) == ["Nora Quist", PROSE]


PROPERTIES = (
    '<c xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
    "<d:title>{}</d:title><d:creator>Office User</d:creator>"
    "<t:created>2020-01-02T00:00:00Z</t:created></c>"
)


@pytest.mark.parametrize(
    ("property", "title"),
    [
        ("Harbour tolls to rise", "Harbour tolls to rise"),
        ("Microsoft Word - tolls.doc", "a"),
        ("tolls-final2.docx", "a"),
        ("Document1", "a"),
        ("", "a"),
    ],
)
def test_properties_give_a_title_that_looks_like_one_and_nothing_else(property, title):
    content = docx(p(PROSE) + p(PROSE))
    with_properties = content_with(content, "docProps/core.xml", PROPERTIES.format(property))
    article = parse(with_properties, "a", ".docx")
    assert (article.title, article.author, article.date) == (title, None, None)


def content_with(content, name, member):
    import io

    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as added:
        added.writestr(name, member)
    return file.getvalue()


def test_links_and_emphasis_are_spans_of_the_text():
    body = p(
        r("The board")
        + f'<w:hyperlink r:id="rId9">{r(" met ", "<w:i/>")}</w:hyperlink>'
        + r("on", "<w:b/>")
        + r(" a ")
        + r("Tuesday", '<w:b w:val="0"/>')
        + r(".")
    )
    [paragraph] = parse(docx(body), "a", ".docx").paragraphs
    assert paragraph.text == "The board met on a Tuesday."
    assert set(paragraph.spans) == {
        StyledSpan(10, 13, "emphasis"),
        StyledSpan(10, 13, "link", "https://a.example/tolls"),
        StyledSpan(14, 16, "strong"),
    }


def test_a_link_that_is_a_field_keeps_its_text_and_address():
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText>HYPERLINK "https://a.example/x" \\o "x"</w:instrText></w:r>'
    runs = (
        field.format("begin") + code + field.format("separate") + r("tolls") + field.format("end")
    )
    [paragraph] = parse(docx(p(r("The ") + runs + r(" rise."))), "a", ".docx").paragraphs
    assert paragraph.text == "The tolls rise."
    assert paragraph.spans == (StyledSpan(4, 9, "link", "https://a.example/x"),)


def test_of_tracked_changes_the_text_as_accepted_is_read():
    deleted = "<w:del><w:r><w:delText>fall</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('gone')}</w:moveFrom>"
    body = p(r("The tolls will ") + deleted + f"<w:ins>{r('rise')}</w:ins>" + moved + r(" soon."))
    joined = p("It said", "", "<w:rPr><w:del/></w:rPr>") + p(" so twice.")
    assert texts(parse(docx(body + joined), "a", ".docx")) == [
        "The tolls will rise soon.",
        "It said so twice.",
    ]


def test_notes_stand_at_the_end_and_hidden_text_nowhere():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = "".join(f'<w:footnote w:id="{n}">{p(f"Note {n}.")}</w:footnote>' for n in (1, 2))
    hidden = r("secret", "<w:vanish/>")
    article = parse(docx(p(r(PROSE) + mark + hidden), footnotes=notes), "a", ".docx")
    assert texts(article) == [PROSE]
    assert article.blocks == (Block(2, "footnote", "Note 2."),)


def table(*rows):
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_table_of_data_is_a_block_and_one_for_the_layout_is_text():
    article = parse(docx(p(PROSE) + table(["Ship", "Toll"], ["Ann", "12"])), "a", ".docx")
    assert article.blocks == (Block(2, "table", "Ship\tToll\nAnn\t12"),)
    assert texts(parse(docx(table([PROSE], [PROSE])), "a", ".docx")) == [PROSE, PROSE]
    assert len(texts(parse(docx(p(PROSE) + table(["Ann", PROSE * 9])), "a", ".docx"))) == 3


def test_a_document_of_nothing_but_a_table_is_read_by_its_rows():
    article = parse(docx(table(["12", PROSE], ["13", PROSE])), "a", ".docx")
    assert texts(article) == [f"12 {PROSE}", f"13 {PROSE}"]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{p('Ships wait.')}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://m.example"><mc:Choice><w:drawing>'
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    content = docx(p(r(PROSE) + f"<w:r>{both}</w:r>"))
    assert texts(parse(content, "a", ".docx")) == [PROSE, "Ships wait."]


def test_two_line_breaks_end_a_paragraph_and_one_does_not():
    lines = "<w:r><w:t>One</w:t><w:br/><w:t>and one.</w:t><w:br/><w:br/><w:t>Two.</w:t></w:r>"
    assert texts(parse(docx(p(PROSE) + p(lines)), "a", ".docx"))[1:] == ["One and one.", "Two."]


ODT_STYLES = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
)


def test_an_opendocument_text():
    text = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="P1">Tolls rise</text:p>'
        '<text:p>The<text:s text:c="2"/>board <text:span text:style-name="T1">met</text:span>'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Twice."
        '</text:p></text:note-body></text:note> <text:a xlink:href="https://a.example/">here'
        "</text:a>.<office:annotation><text:p>Check!</text:p></office:annotation></text:p>"
        '<text:h text:outline-level="2">Costs</text:h>'
        "<text:list><text:list-item><text:p>More.</text:p></text:list-item></text:list>"
        '<text:p text:style-name="Quotations">“Yes.”</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>Ann</text:p></table:table-cell>"
        "<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
    )
    article = parse(odt(text, ODT_STYLES), "a", ".odt")
    assert article.title == "Tolls rise"
    assert [(q.text, q.role) for q in article.paragraphs] == [
        ("The board met here.", "text"),
        ("More.", "item"),
        ("“Yes.”", "quoted"),
    ]
    assert article.paragraphs[0].spans == (
        StyledSpan(10, 13, "emphasis"),
        StyledSpan(14, 18, "link", "https://a.example/"),
    )
    assert article.blocks == (
        Block(2, "heading", "Costs", 2),
        Block(4, "table", "Ann\t12"),
        Block(4, "footnote", "Twice."),
    )


def test_formats_are_told_by_their_archives():
    assert guess_suffix(docx(p(PROSE))) == ".docx"
    assert guess_suffix(odt("")) == ".odt"
    assert guess_suffix(zipped({"a.txt": PROSE})) == ".md"


def test_a_packed_file_larger_than_the_limit_is_refused_unpacked_no_further(monkeypatch):
    monkeypatch.setattr(archive, "_LARGEST_TOTAL", 1_000_000)
    content = docx("<w:p/>" * 300_000)
    assert len(content) < 50_000
    with pytest.raises(UnreadableFile, match="larger than 0 MiB unpacked"):
        parse(content, "a", ".docx")


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no ZIP file", "it is no ZIP file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted, or of before 2007"),
        (zipped({"a.txt": "a"}), "of another program"),
        (zipped({"word/document.xml": "<w"}), "not well-formed"),
        (zipped({"word/document.xml": ENTITIES + "<d>&b;</d>"}), "declares entities"),
        (zipped({f"{n}": "" for n in range(20_001)}), "more than 20,000 parts"),
        (docx("<w:p/>"), "no text in it"),
        (docx("<w:sdt>" * 150 + p(PROSE) + "</w:sdt>" * 150), "nested too deeply"),
        (docx("<w:sdt>" * 900 + p(PROSE) + "</w:sdt>" * 900), "not well-formed"),
    ],
)
def test_what_is_refused_is_refused_with_the_reason(content, reason):
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=reason):
        parse(content, "a", ".docx")
    assert time.process_time() - began < 5


def test_an_encrypted_opendocument_text_is_said_to_be_one():
    content = odt("<text:p>a</text:p>", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"})
    with pytest.raises(UnreadableFile, match="encrypted"):
        parse(content, "a", ".odt")


def test_any_damage_has_a_clear_result():
    content = docx(p("Harbour tolls to rise", "Titel") + p(PROSE))
    for cut in range(0, len(content), 97):
        for damaged in (content[:cut], content[:cut] + b"\0\xff<" + content[cut + 3 :]):
            try:
                parse(damaged, "a", ".docx")
            except UnreadableFile as error:
                assert "cannot be understood" not in str(error)
