"""NITF, NewsML-G2, NewsML 1, Factiva's XML, and the Reuters corpora."""

import pytest

from reader.errors import UnreadableFile
from reader.formats import parse
from reader.formats.agency.common import _MOST_TAGS

NITF_BODY = """<body><body.head><hedline><hl1>Harbour tolls to rise</hl1>
<hl2>Owners object</hl2></hedline><byline>By <person>NORA QUIST</person><byttl>Staff Writer</byttl>
</byline><distributor>Example Agency</distributor><dateline><location>CITY</location></dateline>
<abstract><p>The harbour authority said</p></abstract></body.head>
<body.content><block><p>The harbour authority said <em>on Monday</em> that <org>freighters</org>
will pay more.</p><media media-type="image"><media-reference source="a.jpg"/><media-caption>A
freighter</media-caption></media><hl2>Doubts</hl2><p>&quot;We have waited,&quot; <person>Petra
Lindholm</person> said.</p><bq><block><p>A quotation.</p></block></bq></block></body.content>
<body.end><tagline>Nora Quist is in City.</tagline></body.end></body>"""
NITF = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.4/specification/dtd/nitf-3-4.dtd">
<nitf baselang="en-GB"><head><title>Another title</title><docdata><doc-id id-string="1"/>
<date.issue norm="20260515T101500Z"/><key-list><keyword key="tolls"/></key-list>
<doc.copyright holder="Example Ltd"/></docdata><pubdata date.publication="20260514T000000"
name="Example News" ex-ref="https://news.example.com/tolls" position.section="News"/></head>
{NITF_BODY}</nitf>"""
G2_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="3"
xml:lang="en-GB"><rightsInfo><copyrightHolder literal="Example Ltd"/></rightsInfo><itemMeta>
<itemClass qcode="ninat:text"/><provider literal="Example Agency"/>
<versionCreated>2026-05-20T16:25:32</versionCreated><firstCreated>2026-05-14T23:12:21-05:00</firstCreated></itemMeta><contentMeta>
<contentModified>2026-05-20T16:22:45</contentModified><creator qcode="x:1"><name>Nora Quist</name>
</creator><headline>Harbour tolls to rise</headline><headline role="hld:subHeadline">Owners object
</headline><language tag="en"/><keyword>tolls</keyword></contentMeta><contentSet>{}</contentSet>
</newsItem>"""
HTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>x</title></head><body><h1>Harbour tolls to rise</h1><p>Tolls will rise.</p><p>The
owners <b>object</b>.</p></body></html></inlineXML>"""
MESSAGE = """<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>
<sent>2027-01-01</sent></header><itemSet>{}</itemSet></newsMessage>"""
NEWSML = """<?xml version="1.0" encoding="iso-8859-1"?><NewsML Version="1.2"><NewsEnvelope>
<DateAndTime>20270101T101010Z</DateAndTime></NewsEnvelope><NewsItem xml:lang="fr"><Identification>
<NewsIdentifier><ProviderId>agence.example</ProviderId><DateId>20260514T134951Z</DateId>
</NewsIdentifier></Identification><NewsManagement><FirstCreated>20260514T134951+0000</FirstCreated>
<ThisRevisionCreated>20260520T134951+0000</ThisRevisionCreated></NewsManagement><NewsComponent>
<NewsLines><HeadLine>Les taxes augmentent</HeadLine><SubHeadLine>Au port</SubHeadLine><ByLine>Par
Nora Quist</ByLine><CopyrightLine>(c) Agence</CopyrightLine></NewsLines><AdministrativeMetadata>
<Provider><Party FormalName="Agence"/></Provider>
</AdministrativeMetadata><DescriptiveMetadata><Language
FormalName="fr"/></DescriptiveMetadata><NewsComponent><Role FormalName="Caption"/><ContentItem>
<DataContent><p>Un cargo.</p></DataContent></ContentItem></NewsComponent><NewsComponent>
<ContentItem><MediaType FormalName="Photo"/></ContentItem>
</NewsComponent><NewsComponent><ContentItem><MediaType
FormalName="Text"/><DataContent>{}</DataContent></ContentItem></NewsComponent></NewsComponent>
</NewsItem></NewsML>"""
FACTIVA = """<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet
count="2"><ppsarticle><article><accessionNo>X</accessionNo><baseLanguage>EN</baseLanguage><byline>By
Nora Quist</byline><copyright>(c) 2026</copyright><headline><paragraph><hlt>Tolls</hlt> to rise
</paragraph></headline><leadParagraph><paragraph>Tolls will rise.</paragraph></leadParagraph>
<publicationDate><dateTime>2026-05-14T01:35:58Z</dateTime></publicationDate><sourceName>Example News
</sourceName><tailParagraphs><paragraph>The owners object.</paragraph></tailParagraphs><wordCount>9
</wordCount></article></ppsarticle><ppsarticle><article><headline><paragraph>A second</paragraph>
</headline><leadParagraph>
The first paragraph
in two lines.
    The second.
</leadParagraph><publicationDate><date>2026-05-15</date></publicationDate><sourceName>Other Times
</sourceName></article></ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""
RCV1 = """<?xml version="1.0" encoding="iso-8859-1" ?>
<newsitem itemid="1" id="root" date="1996-08-20" xml:lang="en"><title>USA: Tolls to rise.</title>
<headline>Tolls to rise.</headline><byline>Nora Quist</byline><dateline>CITY 1996-08-20</dateline>
<text><p>Tolls will rise.</p><p>The owners object.</p></text><copyright>(c) Reuters</copyright>
<metadata><codes class="bip:topics:1.0"/></metadata></newsitem>"""
SGML = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="5544" NEWID="1">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>cocoa</D><D>coffee</D></TOPICS>
<UNKNOWN>
&#5;&#5;&#5;C T
&#22;&#22;&#1;f0704&#31;reute</UNKNOWN>
<TEXT>&#2;
<TITLE>HARBOUR REVIEW &lt;HRB></TITLE>
<AUTHOR>    By NORA QUIST, Reuters</AUTHOR>
<DATELINE>    CITY, Feb 26 - </DATELINE><BODY>Showers continued throughout
the week at the harbour.
    The dry period means that tolls will be late.
    "Reuter said so," he said.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS TOPICS="NO" NEWID="2">
<DATE> 2-MAR-1987 08:38:57.06</DATE>
<TEXT TYPE="BRIEF">&#2;
<TITLE>ONLY A TITLE</TITLE>
</TEXT>
</REUTERS>
<REUTERS TOPICS="NO" NEWID="3">
<DATE> 3-MAR-1987 08:38:57.06</DATE>
<TEXT><TITLE>SECOND</TITLE><BODY>One paragraph. REUTER
&#3;</BODY></TEXT>
</REUTERS>
"""


def read(text, suffix=".xml"):
    return parse(text.encode() if isinstance(text, str) else text, "name", suffix)


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize("suffix", [".xml", ".nitf"])
def test_nitf(suffix):
    (article,) = read(NITF, suffix)
    assert (article.title, article.source) == ("Harbour tolls to rise", "Example News")
    assert (str(article.date), article.author) == ("2026-05-14", "Nora Quist")
    assert (article.section, article.language, article.tags) == ("News", "en", ("tolls",))
    assert article.url == "https://news.example.com/tolls"
    assert texts(article) == [
        "The harbour authority said on Monday that freighters will pay more.",
        '"We have waited," Petra Lindholm said.',
        "A quotation.",
    ]
    assert article.paragraphs[2].role == "quoted"
    assert [(block.kind, block.text) for block in article.blocks] == [
        ("heading", "Owners object"),
        ("caption", "A freighter"),
        ("heading", "Doubts"),
        ("footnote", "Nora Quist is in City."),
    ]


def test_nitf_with_less_in_it():
    (article,) = read(
        '<nitf><head><docdata><date.issue norm="2026-05-14"/></docdata></head><body><body.head>'
        "<byline>qu/ok</byline></body.head><body.content><p>Tolls&nbsp;will rise.</p>"
        "</body.content></body></nitf>"
    )
    assert (article.title, article.source, article.author) == ("name", None, None)
    assert str(article.date) == "2026-05-14"
    assert texts(article) == ["Tolls will rise."]


def test_newsml_g2():
    (article,) = read(G2_ITEM.replace("{}", HTML))
    assert (article.title, article.source) == ("Harbour tolls to rise", "Example Agency")
    # Not the day of the third version.
    assert (str(article.date), article.author) == ("2026-05-14", "Nora Quist")
    assert (article.language, article.tags) == ("en", ("tolls",))
    assert texts(article) == ["Tolls will rise.", "The owners object."]
    assert [block.text for block in article.blocks] == ["Owners object"]


@pytest.mark.parametrize(
    "content",
    [
        f"<inlineXML>{NITF[NITF.index('<nitf') :]}</inlineXML>",
        "<inlineData contenttype='text/plain'>The harbour authority said so.\n\nAnd more.\n\n"
        "More.</inlineData>",
        "<inlineData contenttype='text/html'>&lt;p&gt;The harbour authority said so.&lt;/p&gt;"
        "&lt;p&gt;And more.&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</inlineData>",
    ],
)
def test_contents_of_newsml_g2(content):
    (article,) = read(G2_ITEM.replace("{}", content))
    assert (article.title, str(article.date)) == ("Harbour tolls to rise", "2026-05-14")
    assert len(article.paragraphs) == 3
    assert article.paragraphs[0].text.startswith("The harbour authority said")


def test_a_message_of_several_items():
    picture = G2_ITEM.replace("{}", "<remoteContent href='a.jpg'/>")
    items = [G2_ITEM.replace("{}", HTML), picture, G2_ITEM.replace("{}", HTML)]
    assert [article.id for article in read(MESSAGE.format("".join(items)))] == ["name/1", "name/2"]
    with pytest.raises(UnreadableFile, match="no article"):
        read(MESSAGE.format(picture))


@pytest.mark.parametrize(
    "content",
    [
        "<p>Les taxes augmenteront.</p><p>Les armateurs protestent.</p>",
        "<nitf><body><body.content><p>Les taxes augmenteront.</p><p>Les armateurs protestent.</p>"
        "</body.content></body></nitf>",
        "<![CDATA[<p>Les taxes augmenteront.</p><p>Les armateurs protestent.</p>]]>",
    ],
)
def test_newsml_1(content):
    (article,) = read(NEWSML.replace("{}", content))
    assert (article.title, article.source) == ("Les taxes augmentent", "Agence")
    assert (str(article.date), article.author) == ("2026-05-14", "Nora Quist")
    assert article.language == "fr"
    assert texts(article) == ["Les taxes augmenteront.", "Les armateurs protestent."]


def test_an_encoding_that_is_not_the_one_named():
    (article,) = read(NEWSML.replace("{}", "<p>Décès près du port.</p>"))
    assert texts(article) == ["Décès près du port."]
    (article,) = read(NEWSML.replace("{}", "<p>Décès près du port.</p>").encode("latin-1"))
    assert texts(article) == ["Décès près du port."]


def test_factiva():
    first, second = read(FACTIVA)
    assert (first.title, first.source) == ("Tolls to rise", "Example News")
    assert (str(first.date), first.author, first.language) == ("2026-05-14", "Nora Quist", "en")
    assert texts(first) == ["Tolls will rise.", "The owners object."]
    assert (second.title, str(second.date)) == ("A second", "2026-05-15")
    assert texts(second) == ["The first paragraph in two lines.", "The second."]


def test_the_reuters_corpus():
    (article,) = read(RCV1)
    assert (article.title, article.source) == ("Tolls to rise.", "Reuters")
    assert (str(article.date), article.author) == ("1996-08-20", "Nora Quist")
    assert texts(article) == ["Tolls will rise.", "The owners object."]


@pytest.mark.parametrize("suffix", [".sgm", ".sgml", ".xml"])
def test_the_reuters_collection(suffix):
    first, second = read(SGML, suffix)
    assert (first.title, first.source) == ("HARBOUR REVIEW <HRB>", "Reuters")
    assert (str(first.date), first.author) == ("1987-02-26", "Nora Quist")
    assert first.tags == ("cocoa", "coffee")
    assert texts(first) == [
        "Showers continued throughout the week at the harbour.",
        "The dry period means that tolls will be late.",
        '"Reuter said so," he said.',
    ]
    assert (second.id, texts(second)) == ("name/2", ["One paragraph."])


def test_other_sgml_and_xml_are_refused():
    with pytest.raises(UnreadableFile, match="not read: <book>"):
        read("<!DOCTYPE book><book>", ".sgm")
    with pytest.raises(UnreadableFile, match="not read: <catalog>"):
        read("<catalog/>")


BOMB = """<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<nitf><body><body.content><p>&b;&c;</p></body.content></body></nitf>"""


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "<nitf>" + "<p>" * (_MOST_TAGS + 1),
        "<nitf><body>" + "<body.content>" * 300,
        "<nitf><p>",
        "<newsMessage>",
        "<NewsML><NewsItem>",
        "<PPSResponse><article>",
        "<newsitem>\0</newsitem>",
    ],
)
def test_hostile_and_damaged_files_are_refused(text):
    with pytest.raises(UnreadableFile):
        read(text)
