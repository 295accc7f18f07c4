"""The labels of fields in exports, in the languages that databases print them in.

Collected from the public test files of LexisNexisTools, AmCAT, tm.plugin.lexisnexis and
tm.plugin.proquest, and from Zotero's translator for ProQuest.
"""

from __future__ import annotations

from collections.abc import Mapping

# A line for each kind of field: its name, and the labels without accents and case.
_NEXIS = """
length: length, lange, longueur, lengte, longitud
section: section, rubrik, rubrique, sectie, seccion, ressort
author: byline, by-line, signature, autor, auteur, auteurs, author, verfasser
title: headline, title, kop, titre, titel, schlagzeile, uberschrift, titulo
deck: highlight, encart, chapeau, hohepunkt, hoogtepunt
body: body, text, texte, tekst, corps, texto
header: dateline, ortszeile, ortsmarke, datumszeile, lieu, show, anchor, anchors, guest, guests
header: type, edition, ausgabe, series
language: language, sprache, langue, taal, idioma, lingua
url: url, web-url
caption: graphic, grafik, graphique, illustration, bild
text: correction, korrektur, notes, note, anmerkungen
footer: load-date, update, ladedatum, date-chargement, date de chargement, correction-date
footer: publication-type, pub-type, type-publication, type de publication, publikationstyp
footer: publikationsart, journal-code, journal code, code-journal, code journal
footer: subject, sujet, thema, themen, onderwerp, fachgebiet, schlagworter, indexing-term
footer: geographic, localisation-geo, geographie, country, state, city, industry, branche
footer: secteur-activite, company, societe, firma, unternehmen, ticker, symbole-boursier
footer: borsenkurzel, organization, organisation, person, personne, people, personen
footer: acc-no, document-type, copyright, distribution, supplier-number, cote-document
footer: disclaimer, view original page
"""
_PROQUEST = """
text: full text, full-text, texte integral, volltext, texto completo
abstract: abstract, abstract (summary), resume, zusammenfassung, resumen
title: title, titre, titel, titulo
author: author, auteur, autor, byline
source: publication title, titre de la publication, titel der publikation, publikationstitel
source: titulo de publicacion, titulo de la publicacion
date_text: publication date, date de publication, date du diplome, publikationsdatum
date_text: erscheinungsdatum, veroffentlichungsdatum, fecha de publicacion
info: publication info, informations de publication, informations sur la publication
info: publikationsinfo, publikationsinformationen, informacion de publicacion
section: section, rubrique, bereich, seccion, rubrik
language: language of publication, langue de publication, publikationssprache
language: idioma de la publicacion, language, langue, sprache, idioma
url: document url, url du document, dokument-url, url del documento
other: subject, sujet, thema, materia, location, lieu, standort, people, personnes, personen
other: company / organization, entreprise / organisation, unternehmen / organisation
other: identifier / keyword, identificateur / mot-cle, identifikator / schlusselwort
other: identifikator/schlusselwort, business indexing term, classification, links, liens, pages
other: first page, page, seiten, column, volume, issue, numero, band, ausgabe, number of pages
other: publication year, annee de publication, erscheinungsjahr, ano de publicacion
other: publisher, editeur, herausgeber, place of publication, lieu de publication, verlagsort
other: country of publication, pays de publication, publikationsland, publication subject
other: source type, type de source, quellentyp, document type, type de document
other: dokumententyp, dokumenttyp, document feature, proquest document id
other: numero de document proquest, id du document proquest, proquest-dokument-id
other: id del documento de proquest, copyright, last updated, derniere mise a jour
other: zuletzt aktualisiert, database, base de donnees, datenbank, issn, eissn, isbn
other: word count, credit, dateline, edition, accession number, supplement, journal subject
other: subtitle, alternate title, publication history, online publication date, document status
other: illustration
"""
# The codes of languages, and their names.
_LANGUAGES = """
ar: arabic, arabe, arabisch
da: danish, dansk, danois, danisch
de: german, deutsch, allemand, aleman, duits, tedesco
en: english, anglais, englisch, ingles, engels, inglese
es: spanish, espanol, espagnol, spanisch, castellano, spaans
fi: finnish, suomi, finnois, finnisch
fr: french, francais, franzosisch, frances, frans, francese
it: italian, italiano, italien, italienisch, italiaans
nl: dutch, nederlands, neerlandais, niederlandisch, hollandisch
no: norwegian, norsk, norvegien, norwegisch
pl: polish, polski, polonais, polnisch
pt: portuguese, portugues, portugais, portugiesisch
ru: russian, русскии, russe, russisch
sv: swedish, svenska, suedois, schwedisch
tr: turkish, turkce, turc, turkisch
zh: chinese, chinois, chinesisch
"""


def _table(lines: str) -> Mapping[str, str]:
    """The left side of each line, by the words of its right side."""
    rows = (line.split(": ") for line in lines.split("\n") if line)
    return {label: kind for kind, labels in rows for label in labels.split(", ")}


NEXIS = _table(_NEXIS)
PROQUEST = _table(_PROQUEST)
LANGUAGES = _table(_LANGUAGES)
