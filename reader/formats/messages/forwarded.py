"""A message forwarded inside the text of another, below the headers that mail programs print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.model.article import Paragraph

# Gmail, Apple Mail, Thunderbird, Outlook, in the languages of most mail.
_MARK = re.compile(
    r"[-_=\s*]*(?:Begin forwarded message|Forwarded [Mm]essage|Original [Mm]essage"
    r"|Weitergeleitete (?:Nachricht|E-Mail)|Urspr(?:ü|ue)ngliche Nachricht"
    r"|Anfang der weitergeleiteten (?:Nachricht|E-Mail)"
    r"|Message transféré|Message d['’]origine|Début du message (?:transféré|réexpédié)"
    r"|Mensaje reenviado|Mensaje original|Inicio del mensaje reenviado"
    r"|Messaggio inoltrato|Messaggio originale|Inizio messaggio inoltrato"
    r"|Mensagem encaminhada|Mensagem original|Doorgestuurd bericht|Oorspronkelijk bericht"
    r"|Vidarebefordrat meddelande|Przekazana wiadomość|Пересылаемое сообщение"
    r"|Пересланное сообщение)\s*:?[-_=\s*]*"
)
# The names of the headers, by what they are. With a capital: in a text they are words.
_LABELS = {
    "from": "From|Von|De|Da|Van|Från|Od|От|От кого",
    "date": "Date|Sent|Datum|Gesendet|Gesendet am|Envoyé|Envoyé le|Fecha|Enviado|Enviado el|Data"
    "|Enviada em|Inviato|Verzonden|Skickat|Дата",
    "subject": "Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Ämne|Temat|Тема",
    "to": "To|An|À|Para|A|Aan|Till|Do|Кому|Cc|CC|Kopie|Reply-To|Antwort an|Responder a",
}
_LABEL = re.compile(
    r"(?:^|(?<=\s))\*{0,2}(?:"
    + "|".join(f"(?P<{kind}>{names})" for kind, names in _LABELS.items())
    + r")\s?:\*{0,2}(?=\s|$)"
)
# Names of the day's header that only one language has.
_LANGUAGES = {
    "gesendet": "de",
    "envoyé": "fr",
    "fecha": "es",
    "enviado": "es",
    "enviada": "pt",
    "inviato": "it",
    "verzonden": "nl",
    "skickat": "sv",
    "дата": "ru",
}
# Paragraphs that the headers may take, and characters of them.
_MOST_PARAGRAPHS = 8
_LONGEST_HEADERS = 2000


class Forwarded(NamedTuple):
    """A forwarded message in a text: its headers as printed, and the text's paragraphs.

    `language` is that of the date, where the headers' names tell it. `start` and `end` are the
    indexes of the first paragraph of the headers and of the one that follows the last.
    """

    sender: str
    date: str
    subject: str
    start: int
    end: int
    language: str | None = None


def find_forwarded(paragraphs: Sequence[Paragraph]) -> Forwarded | None:
    """The first message that is forwarded in a text."""
    for index, paragraph in enumerate(paragraphs):
        mark = _MARK.match(paragraph.text)
        if not mark and not _LABEL.match(paragraph.text):
            continue
        end = index + bool(mark and mark.end() == len(paragraph.text))
        headers = [paragraph.text[mark.end() :]] if mark and end == index else []
        end += bool(headers)
        while end < len(paragraphs) and end - index <= _MOST_PARAGRAPHS:
            if not _LABEL.match(paragraphs[end].text):
                break
            headers.append(paragraphs[end].text)
            end += 1
        fields = _fields(" ".join(headers))
        # Without a mark, all of them: "To: all who care" alone is prose.
        if len(fields) >= (2 if mark else 3) and "from" in fields:
            return Forwarded(
                fields["from"],
                fields.get("date", ""),
                fields.get("subject", ""),
                index,
                end,
                _language(" ".join(headers)),
            )
    return None


def _language(headers: str) -> str | None:
    """The language of the header that names the day."""
    match = next((m for m in _LABEL.finditer(headers[:_LONGEST_HEADERS]) if m["date"]), None)
    return _LANGUAGES.get(match["date"].split()[0].casefold()) if match else None


def _fields(headers: str) -> dict[str, str]:
    """The headers' values by what they are, of each the first; without those it was sent to."""
    fields: dict[str, str] = {}
    labels = [
        match
        for match in _LABEL.finditer(headers[:_LONGEST_HEADERS])
        # "A:" and "To:" stand in subjects, too; before an address they do not.
        if match.lastgroup != "to" or "@" in headers[match.end() : match.end() + 200]
    ]
    ends = [*(match.start() for match in labels[1:]), len(headers)]
    for match, end in zip(labels, ends, strict=False):
        fields.setdefault(match.lastgroup or "", headers[match.end() : end].strip(" *"))
    fields.pop("to", None)
    return fields
