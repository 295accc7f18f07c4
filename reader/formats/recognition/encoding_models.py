"""Tells the encoding of bytes without a mark by the letters that its decodings would have.

Each encoding is tried with the languages that were written in it. The likelihood of the bytes is
that of their letters in the language, and of the way letters stand together: words are of one
script, and capitals begin them. It is a naive Bayes classifier whose letters' frequencies follow
from their ranks, which the strings below give in the order of falling frequency.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import exp, inf, log
from typing import NamedTuple
from unicodedata import normalize as normal_form

_WESTERN = "cp1252 iso8859-15 mac-roman cp850"
_CENTRAL = "cp1250 iso8859-2 mac-latin2 cp852"
_BALTIC = "cp1257 iso8859-13"
_TURKISH = "cp1254 iso8859-9 cp857 mac-turkish"
_CYRILLIC = "cp1251 koi8-r iso8859-5 cp866 mac-cyrillic cp855"
_ARABIC = "cp1256 iso8859-6"

# The encodings of each language, and its letters, the most frequent first.
_LANGUAGES = (
    (_WESTERN, "etaoinshrdlcumwfgypbvkjxqz"),
    (_WESTERN, "enisratdhulcgmobwfkzüväpöjyßxq"),
    (_WESTERN, "esaitnruolédcpmvqfbghjàxèyêzçwkûîôœâïëù"),
    (_WESTERN, "eaosrnidlctumpbgvyqóhfízjéáñxúwkü"),
    (_WESTERN, "eiaonltrscdupmvghfbqzàèùòìékjwxy"),
    (_WESTERN, "aeosirdntmuclpvgbqfhãçzjéáíóêxôâúàõkwyü"),
    (_WESTERN, "enatirodslghvkmupbwjczfxyëéïüöq"),
    (_WESTERN, "eantrsildomgkvfhäupåöbcyjxwzéq"),
    (_WESTERN, "enrtasidolgkmvfupbhøjyåæczwéxqè"),
    (_WESTERN, "aitnesloukämvrjhypdögbfcåwzxq"),
    (_WESTERN, "anrieutslðgmkfhvdáoíþybójæpéöúýx"),
    (_WESTERN, "aneirtukdsmglpbhoyjcwfvzxqé"),
    (f"{_BALTIC} {_WESTERN}", "aieslutnkdmorvgjhpäõbüöfšžcyzxwq"),
    (_BALTIC, "iasoretnukmlpvdjgėbyųšžcąįčūęzhfxwq"),
    (_BALTIC, "aistenruāolkmpdvzīējgbcšfņļģžūķčhxwyq"),
    (_CENTRAL, "iaeoznrwsctykdpmujlłgbhęąóżśćfńźvxq"),
    (_CENTRAL, "eoantvsilkrdpímuáztjyěcbéhřýžčšůúgfňxóťďwq"),
    (_CENTRAL, "aoeintvsrkldpmucázjyíbhéžšýčúľťgfôňóďäŕĺxwq"),
    (_CENTRAL, "eatlnskomzrigáéydbvhjőfupöóícüúűxwq"),
    (_CENTRAL, "aeionrsljtvkdpmuzbgčhšcžfyxw"),
    (_CENTRAL, "aioenrstjukvdlmpgzbcčhšžćfđxyw"),
    (f"{_CENTRAL} iso8859-16", "eiaruntlcosdpmăfvîgbşșţțzhâjxkyw"),
    (_TURKISH, "aeinrlıkdtmysuobşüzgçvğchpöfjâîxwq"),
    (_CYRILLIC, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"),
    (f"{_CYRILLIC} koi8-u", "оанивіетрслкдмпуязьбгчйхжїцшюєщфґ"),
    (_CYRILLIC, "анеіоркстыляўдмпузбчгцьйшжхэюфё"),
    (_CYRILLIC, "аоиентрсвлдкпмзяъубгчжщхцшйюьф"),
    (_CYRILLIC, "аоиенрсјтуквдлмпгзбчћшцжхњљђџф"),
    (_CYRILLIC, "аоиетнрсвдкјлпмузгбцшчжхѓќњљџѕф"),
    ("kz1048", "аеыіндртлмсқкбоиуғйжзгшпөңұүәхвюцяфчһщьъэё"),
    ("cp1253 iso8859-7 mac-greek cp737", "αοιετνσρπκμλςυγδήίάόχφωέύθβώξζψϊϋΐΰ"),
    ("cp1255 iso8859-8", "יוהלאמרתשבנכדםעחקפטגזצסןךץף"),
    (_ARABIC, "الينمروتبهدعفسةقكحجشطصخذىضئءزثغأإظآؤ"),
    ("cp1256", "اديرنهومتبسشکزلفگعخقپحجچآطصغضژذثءئظ"),
    ("cp874", "านรอกเงมยลวดทสต่ะปบคหแ้จพชขใิีัุูึืำโไ็ถผซภฟธณฉฐศษญฝ์ๆ"),
    ("cp1258", "nhticgaoumlr\u0300sv\u0301đpby\u0323dkưâôơêă\u0309\u0303qx"),
)

# The encodings of languages with thousands of characters, and their commonest ones.
_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后"
    "作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因"
    "只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应"
    "战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿"
    "原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太"
    "量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後"
    "作里用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因"
    "只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應"
    "戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒"
    "原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太"
    "量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基"
)
_JAPANESE = (
    "のいにたるとしはをでがっれてなかりさまうこもらくきすどそつょあせんえよめじけだちゅやわびみべほげむ"
    "ごろひばへゃずおぶンスールトイアラックドシレジタフロカテマィグバムプオコデニウメサビナブャエュチキズ"
    "ダパミ日一国人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四"
    "定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題"
    "下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進正安設保"
)
_KOREAN = (
    "이다의에는을가고지하로은한도기서사대를리시자인으아해어정부원전수일니나장보상그라주제구과들있것공만"
    "조성동경여년스안신국비세오관유게면회위무와치중용문입까계당미산었했됐연소개결교방내통명업화분생체민영"
    "선러재진마실할차위말적거야요추우본드모르때간따물학현금행외려후던발등더월많력합청양식두심호트북남강"
)
_CHARACTERS = (
    ("gb18030", "gb2312", _SIMPLIFIED),
    ("big5hkscs", "big5", _TRADITIONAL),
    ("cp932", "shift-jis", _JAPANESE),
    ("euc-jis-2004", "euc-jp", _JAPANESE),
    ("cp949", "euc-kr", _KOREAN),
)
_WIDE_MARKS = "，。、：「」（）《》“”；？！・『』【】　—…"
_MARKS = "“”‘’–—…«»„‚‹›\xa0°§€£№·•©®™¿¡،؟½¼¾²³±×µ"

# Falls by a tenth and more with each rank, as letters' frequencies do.
_FALL = 0.15
# Probabilities, as logarithms: of a letter that the language does not have, of punctuation marks
# outside ASCII, of other signs, and of what no text has.
_FOREIGN, _MARK, _SIGN, _NONE = log(1e-4), log(2e-3), log(1e-5), log(1e-9)
# Of a capital, and of a letter of ASCII in a text of another script.
_CAPITAL, _LATIN = log(0.15), log(0.1)
# Of a capital after a small letter, of a word of two scripts, and, in Latin script, of two letters
# outside ASCII one after the other.
_CASE_BREAK, _SCRIPT_BREAK, _HIGH_PAIR = -4.0, -5.0, -1.5
# Of all other characters together, of thousands.
_COMMON, _RARE, _ODD = log(1e-4), log(2e-6), log(1e-7)
# What speaks for the first encoding of a language, the commonest.
_PREFERENCE = (0.0, -1.5, -6.0, -6.0, -6.0)
_WESTERN_PREFERENCE = (4.0, -1.0, -2.0, -2.0)
# Bytes that are looked at, of lines with bytes outside ASCII.
_SAMPLE = 6000
# Bytes before the first of those in a line.
_BEFORE = 200

_HIGH = re.compile(rb"[\x80-\xff]")


class Guess(NamedTuple):
    """An encoding, and the certainty of it: the difference of the logarithms of the likelihoods of
    it and of the next that gives another text.
    """

    encoding: str
    margin: float


def guess(content: bytes) -> Guess:
    """The likeliest encoding of bytes that are neither ASCII nor UTF-8."""
    sample = _sample(content)
    scores = sorted(_scores(sample), reverse=True)
    best = scores[0]
    text = sample.decode(best[1], "replace")
    others = (
        score
        for score, encoding in scores
        if encoding != best[1] and sample.decode(encoding, "replace") != text
    )
    return Guess(best[1], best[0] - next(others, -inf))


def _sample(content: bytes) -> bytes:
    """The first lines with bytes outside ASCII."""
    lines = []
    size = 0
    for line in content.split(b"\n"):
        if first := _HIGH.search(line):
            start = max(first.start() - _BEFORE, 0)
            lines.append(line[start : start + _SAMPLE - size])
            size += len(lines[-1])
            if size >= _SAMPLE:
                break
    return b"\n".join(lines)


def _scores(sample: bytes) -> Iterator[tuple[float, str]]:
    """The logarithm of the likelihood of the bytes in each encoding, best language first."""
    counts = Counter(sample)
    pairs = Counter(pairwise(sample))
    high_pairs = [(a, b, n) for (a, b), n in pairs.items() if a > 127 or b > 127]
    letters = [(byte, n) for byte, n in counts.items() if byte > 127 or chr(byte).isalpha()]
    joints: dict[str, float] = {}
    for encoding, preference, weights in _models():
        if encoding not in joints:
            breaks = _breaks(encoding)
            joints[encoding] = sum(breaks[a][b] * n for a, b, n in high_pairs)
        score = sum(weights[byte] * n for byte, n in letters)
        yield score + joints[encoding] + preference, encoding
    for encoding, basic, characters in _CHARACTERS:
        yield _score_of_characters(sample, encoding, basic, characters), encoding


@cache
def _models() -> list[tuple[str, float, list[float]]]:
    """Each encoding with a language: the preference for it, and the weight of each byte."""
    models = []
    for encodings, letters in _LANGUAGES:
        weights = _letter_weights(letters)
        for index, encoding in enumerate(encodings.split()):
            preferences = _WESTERN_PREFERENCE if encodings == _WESTERN else _PREFERENCE
            preference = preferences[min(index, len(preferences) - 1)]
            models.append((encoding, preference, _byte_weights(encoding, weights)))
    return models


def _letter_weights(letters: str) -> dict[str, float]:
    total = sum(exp(-_FALL * rank) for rank in range(len(letters)))
    weights = {letter: -_FALL * rank - log(total) for rank, letter in enumerate(letters)}
    if "e" not in weights:
        english = _letter_weights(_LANGUAGES[0][1])
        weights |= {letter: weight + _LATIN for letter, weight in english.items()}
    return weights


def _byte_weights(encoding: str, weights: dict[str, float]) -> list[float]:
    """The weight of each byte; of those that are no letters in ASCII it does not matter."""
    decoded = _table(encoding)
    result = []
    for character in decoded:
        lower = character.lower()
        weight = weights.get(lower)
        if weight is None:
            if lower.isalpha() or lower in "\u0300\u0301\u0303\u0309\u0323":
                weight = _FOREIGN
            elif character in _MARKS:
                weight = _MARK
            elif character.isprintable() and character != "\ufffd":
                weight = _SIGN
            else:
                weight = _NONE
        if lower != character:
            weight += _CAPITAL
        result.append(weight)
    return result


def _table(encoding: str) -> str:
    return "".join(bytes([byte]).decode(encoding, "replace")[:1] or "\ufffd" for byte in range(256))


@cache
def _breaks(encoding: str) -> list[list[float]]:
    """The weight of each pair of bytes."""
    kinds = [_kind(character) for character in _table(encoding)]
    return [[_break(a, b) for b in kinds] for a in kinds]


def _kind(character: str) -> tuple[str, bool, bool] | None:
    """A letter's script, whether it is a capital, and whether it is in ASCII; None for others."""
    if not character.isalpha():
        return None
    code = ord(character)
    script = "latin" if code < 0x250 or 0x1E00 <= code < 0x1F00 else "other"
    return script, character.isupper(), code < 128


def _break(a: tuple[str, bool, bool] | None, b: tuple[str, bool, bool] | None) -> float:
    if a is None or b is None:
        return 0.0
    if a[0] != b[0]:
        return _SCRIPT_BREAK
    weight = _CASE_BREAK if b[1] and not a[1] else 0.0
    if a[0] == "latin" and not a[2] and not b[2]:
        weight += _HIGH_PAIR
    return weight


def _score_of_characters(sample: bytes, encoding: str, basic: str, common: str) -> float:
    """The logarithm of the likelihood of the bytes in an encoding of thousands of characters."""
    text = normal_form("NFC", sample.decode(encoding, "replace"))
    weights = _character_weights(common)
    score = 0.0
    for character, count in Counter(text).items():
        if character < "\x80" and not character.isalpha():
            continue
        weight = weights.get(character)
        if weight is None:
            weight = _rare(character, basic)
        score += weight * count
    return score


@cache
def _character_weights(common: str) -> dict[str, float]:
    weights = {character: log(0.1 / (rank + 6)) for rank, character in enumerate(common)}
    weights |= dict.fromkeys(_WIDE_MARKS, log(1e-2))
    english = _letter_weights(_LANGUAGES[0][1])
    for letter, weight in english.items():
        weights[letter] = weight + _LATIN
        weights[letter.upper()] = weight + _LATIN + _CAPITAL
    return weights


@cache
def _rare(character: str, basic: str) -> float:
    """The weight of a character that is not common: by its place in the basic encoding, whose first
    half are the characters in use.
    """
    if character == "\ufffd" or not character.isprintable():
        return 2 * _NONE
    try:
        encoded = character.encode(basic)
    except UnicodeEncodeError:
        return _ODD * 1.5
    if not character.isalpha():
        return _SIGN
    return _COMMON if _is_in_use(encoded, basic) else _RARE * 1.3


def _is_in_use(encoded: bytes, basic: str) -> bool:
    if len(encoded) < 2:
        return False
    lead = encoded[0]
    if basic == "gb2312":
        return lead < 0xD8
    if basic == "big5":
        return lead < 0xC7
    if basic == "shift-jis":
        return lead < 0x99
    return lead < (0xD0 if basic == "euc-jp" else 0xC9)
