"""Files that travel in a PDF: the figures it prints and the workbook of its statements.

As PDF/A-3 asks: each is named twice, says what it is (MIME type) and what it is to the document
(``AFRelationship``), and the document refers to it (``AF``), besides the list that viewers show.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from pydyf import String

from generator.core.clock import publication_time
from generator.printing.fragments.objects import written


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file to be attached.

    Attributes:
        name: its name.
        content: its bytes.
        kind: its MIME type.
        relationship: what it is to the document, by ISO 32000-2: ``Source``, what it was made of;
            ``Data``, the numbers of what it shows.
        says: what viewers say of it.
    """

    name: str
    content: bytes
    kind: str
    relationship: str
    says: str

    def stream(self) -> bytes:
        """The object that holds its bytes."""
        packed = zlib.compress(self.content)
        digest = hashlib.md5(self.content, usedforsecurity=False).hexdigest()
        time = publication_time()
        modified = f"/ModDate (D:{time:%Y%m%d%H%M%S}Z)" if time else ""
        about = (
            f"/Type /EmbeddedFile/Subtype /{self.kind.replace('/', '#2f')}"
            f"/Params <</Size {len(self.content)}/CheckSum <{digest}>{modified}>>"
            f"/Length {len(packed)}/Filter /FlateDecode"
        )
        return written(f"<<{about}>>".encode(), packed)

    def specification(self, stream: int) -> bytes:
        """The object that names it.

        Args:
            stream: the number of the object that holds its bytes.
        """
        name, says = bytes(String(self.name).data), bytes(String(self.says).data)
        held = b"/EF <</F %d 0 R/UF %d 0 R>>" % (stream, stream)
        relationship = b"/AFRelationship /" + self.relationship.encode()
        parts = (b"/Type /Filespec/F ", name, b"/UF ", name, b"/Desc ", says, relationship, held)
        return b"<<%s>>" % b"".join(parts)
