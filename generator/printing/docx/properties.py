"""Document properties and settings of the DOCX."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape

from generator.printing.docx.markup import NAMESPACES

_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_WORD = "http://schemas.microsoft.com/office/word"

_COMPATIBILITY = {
    # 15: otherwise Word opens the file in “compatibility mode”
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}
"""What Word itself writes into a new document."""

SETTINGS = (
    f"<w:settings {NAMESPACES}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_WORD}" w:val="{value}"/>'
        for name, value in _COMPATIBILITY.items()
    )
    + '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
"""The content of settings.xml."""


def core_properties(title: str, author: str, stamp: datetime | None) -> str:
    """The content of core.xml.

    Args:
        title: of the document.
        author: who publishes it.
        stamp: when it was made; not said without one, so that bytes repeat.
    """
    made = ""
    if stamp is not None:
        moment = stamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        made = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
            for name in ("created", "modified")
        )
    return (
        f"<cp:coreProperties {_CORE}><dc:title>{escape(title)}</dc:title>"
        f"<dc:creator>{escape(author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy>"
        f"{made}<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def company_properties(author: str) -> str:
    """The content of app.xml: the office that publishes the document."""
    return f'<Properties xmlns="{_EXTENDED}"><Company>{escape(author)}</Company></Properties>'
