"""The keys under which programs that collect articles export them.

Tried on what news-please, newspaper3k and 4k, trafilatura, Readability, Fundus, wallabag, FreshRSS
and Inoreader (Google Reader's JSON), NewsAPI, the Guardian's and the New York Times' interfaces,
WordPress, Media Cloud, CC-News and All the News write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

Record: TypeAlias = Mapping[Any, Any]

# Letters and digits of the keys in lower case, the likeliest first. Never the day of download,
# saving or change, and no summary: that is not the article.
TITLE = tuple(
    "title headline articletitle storytitle webtitle pagetitle titlepage resolvedtitle giventitle "
    "heading name".split()
)
# Markup before the plain text that was made from it, except where that is known to keep paragraphs.
TEXT = tuple(
    "maintext contenthtml bodyhtml articlehtml fulltext articletext articlebody plaintext text "
    "content contents body article story storytext bodytext contenttext textcontent document "
    "paragraphs pagecontent html summarycontent".split()
)
AUTHOR = tuple("authors author byline bylines creator dccreator writer publishedby".split())
DATE = tuple(
    "datepublish datepublished publishdate publisheddate publishedat publicationdate "
    "publishingdate publishedtime articlepublishedtime firstpublished firstpublicationdate "
    "webpublicationdate published pubdate datepub dcdate date".split()
)
URL = tuple(
    "url link canonicalurl canonicallink canonical weburl articleurl resolvedurl givenurl "
    "originalurl originalarticleurl permalink shorturl storyurl pageurl uri".split()
)
# Names of publications before addresses of sites.
SOURCE = tuple(
    "publication publicationname publisher sitename ogsitename metasitename sourcename medianame "
    "outlet newspaper journal paper feedtitle origin sourcehostname source website site "
    "sourcedomain domainname domain hostname".split()
)
SECTION = tuple("section sectionname category categoryname desk rubric".split())
LANGUAGE = tuple("language lang languagecode metalang inlanguage".split())
TAGS = tuple("tags tag labels keywords metakeywords".split())

# Records inside records, whose keys count as the outer one's: of the Guardian, Elasticsearch,
# LangChain, JSON:API, GraphQL.
_INNER = ("fields", "_source", "attributes", "metadata", "article", "data", "node")


def folded(record: Record) -> dict[str, tuple[str, object]]:
    """The record's values by the letters and digits of their keys, each with the key as it is."""
    values: dict[str, tuple[str, object]] = {}
    inner = [record[name] for name in _INNER if isinstance(record.get(name), Mapping)]
    for mapping in (record, *inner):
        assert isinstance(mapping, Mapping)
        for key, value in mapping.items():
            name = fold_key(str(key))
            if isinstance(value, Mapping) and name == "summary":  # Google Reader's text
                name = "summarycontent"
            if value not in (None, "", []):
                values.setdefault(name, (str(key), value))
    return values


@lru_cache(maxsize=1024)
def fold_key(key: str) -> str:
    """The letters and digits of a key in lower case."""
    return re.sub(r"[\W_]+", "", key).casefold()


def is_record(record: Record) -> bool:
    """Whether a mapping has the keys of an article: a text, or a title and an address."""
    values = folded(record)
    if any(name in values for name in TEXT):
        return True
    return any(name in values for name in TITLE) and any(name in values for name in URL)
