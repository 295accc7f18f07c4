"""The formats of news agencies and archives: NITF, NewsML, Factiva's XML, those of Reuters."""
