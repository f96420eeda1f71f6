"""What PDF/A-3 asks of a file besides: its colours are meant in sRGB, its metadata are described.

Nothing here checks a file against the whole of PDF/A-3, so no file claims to be one: ``pdfaid``
is not written.
"""

from __future__ import annotations

from importlib.resources import files

import pydyf

_END = b"</rdf:RDF>"
_NAMESPACES = (
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"'
)
_RESOURCE = '<rdf:li rdf:parseType="Resource">'
_SAID_OF_UA = (
    f'<rdf:Description rdf:about="" {_NAMESPACES}><pdfaExtension:schemas><rdf:Bag>{_RESOURCE}'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    f"<pdfaSchema:property><rdf:Seq>{_RESOURCE}"
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property>"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
).encode()
"""The property that says PDF/UA, described: of those it does not know PDF/A wants that."""


def describe_schemas(metadata: pydyf.Stream) -> None:
    """Adds to XMP metadata what the schemas say that PDF/A does not know."""
    text = b"".join(metadata.stream)
    metadata.stream = [text.replace(_END, _SAID_OF_UA + _END, 1)]


def colour_profile() -> pydyf.Stream:
    """The ICC profile of sRGB (the one that WeasyPrint brings)."""
    content = (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()
    return pydyf.Stream([content], {"N": 3}, compress=True)
