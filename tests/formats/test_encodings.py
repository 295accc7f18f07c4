"""Text in encodings that it does not name."""

import codecs
import subprocess
import sys

import pytest
from articles import parse

from reader.errors import UnreadableFile
from reader.files.read import refuse_binary
from reader.formats.encodings import decode, reading
from reader.model.arguments import is_encoding

TEXTS = {
    "Die Behörde kündigte höhere Gebühren an. „Wir haben jahrelang gewartet“, sagte die "
    "Ministerin in Köln. Für größere Schiffe wird über Ausnahmen gestritten.": (
        "cp1252 iso8859-15 mac-roman cp850"
    ),
    "L’autorité a annoncé que les péages augmenteraient dès mars. « Nous avons attendu des "
    "années », a déclaré la ministre. Le préfet s’est dit prêt à négocier.": "cp1252 mac-roman",
    "La autoridad anunció que las tarifas subirán. «Hemos esperado años», afirmó la ministra. "
    "¿Quién pagará? Según el señor Núñez, los pequeños comerciantes.": "cp1252 iso8859-1",
    "Zarząd ogłosił, że opłaty wzrosną. „Czekaliśmy na tę decyzję latami” – powiedziała minister "
    "w Gdańsku. Armatorzy żądają dłuższego okresu, choć rząd zwleka.": "cp1250 iso8859-2 cp852",
    "Správa přístavu oznámila, že se poplatky zvýší. „Na tento krok jsme čekali léta,“ řekla "
    "ministryně v Praze. Rejdaři žádají delší přechodné období.": "cp1250 iso8859-2",
    "Liman idaresi ücretlerin artacağını duyurdu. “Bu kararı yıllardır bekliyorduk” diyen bakan, "
    "soruları yanıtladı. Balıkçılar da giderlerin artmasından korkuyor.": "cp1254 iso8859-9 cp857",
    "Портовое управление объявило, что сборы вырастут с марта. «Мы ждали этого годами», — сказала "
    "министр. Судовладельцы возражают.": "cp1251 koi8-r iso8859-5 cp866",
    "Портове управління оголосило, що збори зростуть з березня. «Ми чекали на це роками», — "
    "сказала міністерка. Рибалки побоюються витрат.": "cp1251 koi8-u",
    "Η λιμενική αρχή ανακοίνωσε ότι τα τέλη θα αυξηθούν από τον Μάρτιο. «Περιμέναμε χρόνια», "
    "δήλωσε η υπουργός στον Πειραιά.": "cp1253 iso8859-7",
    "רשות הנמלים הודיעה כי האגרות יעלו החל מחודש מרץ. חיכינו להחלטה הזאת שנים, אמרה השרה.": (
        "cp1255 iso8859-8"
    ),
    "أعلنت سلطة الميناء أن الرسوم سترتفع ابتداء من شهر مارس. وقالت الوزيرة: انتظرنا هذا القرار.": (
        "cp1256 iso8859-6"
    ),
    "การท่าเรือประกาศว่าค่าธรรมเนียมจะเพิ่มขึ้นตั้งแต่เดือนมีนาคม รัฐมนตรีกล่าวว่า เรารอมาหลายปีแล้ว": "cp874",
    "港务局星期四宣布，从三月起港口费将上调。部长说：“我们等这个决定等了很多年。”": "gbk gb18030",
    "港務局星期四宣布，從三月起港口費將調高。部長說：「我們等這個決定已經等了很多年。」": "big5",
    "港湾局は木曜日、三月から料金を引き上げると発表した。大臣は「何年も待っていた」と述べた。": (
        "shift-jis euc-jp iso2022-jp"
    ),
    "항만청은 목요일 삼월부터 항만 요금을 인상한다고 발표했다. 장관은 기다렸다고 말했다.": "euc-kr",
}
UNMARKED = [(encoding, text) for text, names in TEXTS.items() for encoding in names.split()]


@pytest.mark.parametrize(("encoding", "text"), UNMARKED)
def test_the_letters_tell_the_encoding(encoding, text):
    characters = "".join(c for c in text if c.encode(encoding, "ignore"))
    with reading(None) as warnings:
        assert decode(characters.encode(encoding)) == characters
    assert warnings == []


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("width", [16, 32])
@pytest.mark.parametrize("text", list(TEXTS)[::3])
def test_wide_encodings_have_a_mark_or_are_recognised(text, width, order):
    encoded = text.encode(f"utf-{width}-{order}")
    bom = getattr(codecs, f"BOM_UTF{width}_{order.upper()}")
    assert decode(bom + encoded) == text
    if width == 16 and b"\0" in encoded:
        assert decode(encoded) == text
        refuse_binary(encoded)


@pytest.mark.parametrize(
    "text",
    [
        "It’s a café.",
        "He didn’t pay £5 – “never”.",
        "A fee of 20 €.",
        "The naïve mayor",
        "½ cup",
        "Mr Müller",
        "A 5° day…",
    ],
)
def test_a_stray_sign_in_english_is_windows_1252(text):
    with reading(None) as warnings:
        assert decode(text.encode("cp1252")) == text
    assert warnings == []


def test_what_is_uncertain_is_said():
    article = parse(b"A \x81\xff\n", "a", ".txt")
    assert [warning.partition(";")[0] for warning in article.warnings] == [
        "its encoding is uncertain"
    ]


def test_damaged_utf_8_is_not_another_encoding():
    content = "Портовое управление — «сборы»".encode() + b" \xd0 caf\xe9"
    article = parse(content, "a", ".txt")
    assert article.paragraphs[0].text == "Портовое управление — «сборы» \ufffd caf\ufffd"
    assert "not UTF-8" in article.warnings[0]


def test_the_encoding_that_is_named_wins_over_the_letters():
    text = "Портовое управление объявило, что сборы вырастут с марта."
    with reading("koi8-r") as warnings:
        assert decode(text.encode("cp1251")) == text.encode("cp1251").decode("koi8-r")
        assert decode(text.encode()) == text
        assert decode(b"\xff\xfe" + text.encode("utf-16-le")) == text
    assert warnings == []
    with reading("ascii") as warnings:
        decode(text.encode("cp1251"))
    assert len(warnings) == 1


def test_names_of_encodings():
    assert all(map(is_encoding, ["windows-1251", "KOI8-R", "gbk", "latin1"]))
    names = [
        "windows-9",
        "",
        "a\0",
        "base64",
        "rot13",
        "hex",
        "idna",
        "unicode-escape",
        "ə",
        "\ud800",
    ]
    assert not any(map(is_encoding, names))


@pytest.mark.parametrize("content", [b"\0\0\0\0", b"a\0b", b"\0" * 99 + b"ab", bytes(range(256))])
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(UnreadableFile):
        refuse_binary(content)


def test_text_in_utf_8_does_not_load_the_detector():
    code = (
        "import sys; from reader.formats import parse; parse('Ümlaut'.encode(), 'a');"
        "sys.exit('reader.formats.recognition.encoding_models' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_chinese_and_japanese_sentences_end_the_header():
    for title, first in (
        ("港口费将上调", "港务局星期四宣布，从三月起港口费将上调，船东反对。"),
        (
            "港の料金引き上げへ",
            "港湾局は木曜日、料金を引き上げると発表した。船主は「反対だ」と述べた。",
        ),
    ):
        article = parse(f"{title}\n\n{first}\n\n{first}\n".encode(), "a", ".txt")
        assert (article.title, [p.text for p in article.paragraphs]) == (title, [first, first])
        assert parse(f"{first}\n\n{first}\n".encode(), "a", ".txt").title == "a"


def test_lines_of_chinese_are_joined_without_spaces():
    article = parse(
        "费\n\n港务局星期四宣布，\n从三月起\nport 费将上调，\n船东反对。\n".encode(), "a", ".txt"
    )
    assert article.paragraphs[0].text == "港务局星期四宣布，从三月起 port 费将上调，船东反对。"
