"""Writers of documents for tests: as much of each format as the tests need."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONSHIPS = f'<Relationships xmlns="{PACKAGE}">{{}}</Relationships>'
STYLES = {"Titel": "Title", "berschrift1": "heading 1", "Zitat": "Quote", "Author": "Author"}
PROSE = "The harbour board said on Tuesday that the tolls for coastal freighters will rise again."


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    """A ZIP file of members, by their names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            # As the standards of documents say, so that programs recognise the file.
            stored = zipfile.ZIP_STORED if name == "mimetype" else compression
            archive.writestr(name, content, stored)
    return file.getvalue()


def docx(body, **members):
    """A Word document: the XML of its body, and other members by their names without suffix."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
        for id, name in STYLES.items()
    )
    relation = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    link = f'<Relationship Id="rId9" Type="{R}/hyperlink" Target="https://a.example/tolls"/>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": RELATIONSHIPS.format(relation),
            "word/_rels/document.xml.rels": RELATIONSHIPS.format(link),
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
            "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body>'
            "</w:document>",
            **{
                f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{xml}</w:{name}>'
                for name, xml in members.items()
            },
        }
    )


def p(content="", style="", properties=""):
    """A paragraph of a Word document: its text, or XML of runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = content if content.startswith("<") else r(content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def r(text, properties=""):
    """A run of a Word document."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "meta": "meta",
        "fo": "xsl-fo-compatible",
    }.items()
)


def odt(text, styles="", **members):
    """An OpenDocument text: the XML of its text and of its automatic styles."""
    content = (
        f'<office:document-content {ODF} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": "<manifest/>",
            **members,
        }
    )


def epub(files, title="", contents=None, toc=True, **members):
    """An e-book: the bodies of its XHTML files in order, and the titles in its contents."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(files)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(files)))
    points = "".join(
        f'<navPoint><navLabel><text>{text}</text></navLabel><content src="{name}"/></navPoint>'
        for name, text in (contents or {}).items()
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>{title}</dc:title><dc:creator>calibre</dc:creator>"
        "<dc:language>en-GB</dc:language><dc:date>2026-11-20</dc:date></metadata><manifest>"
        f'{items}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        f'<spine toc="ncx">{spine}</spine></package>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/>'
            "</rootfiles></container>",
            "OPS/book.opf": package,
            "OPS/toc.ncx": f"<ncx><navMap>{points}</navMap></ncx>",
            **{
                f"OPS/{name}": '<html xmlns="http://www.w3.org/1999/xhtml" '
                f'xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
                for name, body in files.items()
            },
            **members,
        }
    )


def pdf(*pages, info="", stream=None, extra=""):
    """A PDF of pages, each as lines: x and y in points, the size of the letters, the text, and
    whether it is bold. `stream` packs a page: its dictionary's entries and its bytes.
    """
    contents = []
    for lines in pages:
        drawn = [
            f"BT /F{2 if bold else 1} {size} Tf {x} {y} Td ({escaped(text)}) Tj ET"
            for x, y, size, text, *rest in lines
            for bold in [bool(rest and rest[0])]
        ]
        data = "\n".join(drawn).encode("cp1252")
        entries, data = stream(data) if stream else ("", data)
        contents.append(
            b"<</Length %d %s>>stream\n%s\nendstream" % (len(data), entries.encode(), data)
        )
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        f"<<{info}>>".encode(),
    ]
    for n, content in enumerate(contents):
        fonts = "/F1 3 0 R/F2 4 0 R"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<<{fonts}>>{extra}>>"
            f"/Contents {7 + 2 * n} 0 R>>".encode()
        )
        objects.append(content)
    file, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size, start = len(objects) + 1, len(file)
    return (
        file
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R"
            f"/Info 5 0 R>>\nstartxref\n{start}\n%%EOF"
        ).encode()
    )


def escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def column(text, x=72, y=700, width=456, size=11, leading=13, indent=0):
    """A text set in lines that are as full as they can be, as for `pdf`. Paragraphs are lines of
    the text.
    """
    from pdfminer.fontmetrics import FONT_METRICS

    widths = FONT_METRICS["Helvetica"][1]
    lines = []
    for paragraph in text.split("\n"):
        line, left = "", x + indent
        for word in [*paragraph.split(" "), None]:
            longer = f"{line} {word}".strip()
            room = width - (left - x)
            if word is None or sum(widths.get(c, 500) for c in longer) * size / 1000 > room:
                lines.append((left, y, size, line))
                y, longer, left = y - leading, word, x
            line = longer
        if not indent:
            y -= leading / 2
    return lines
