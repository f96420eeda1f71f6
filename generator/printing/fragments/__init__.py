"""The pieces of a PDF: made one by one, kept, and joined into one file.

Each piece of the document starts a page, so it can be laid out, written and
kept by itself. A fragment holds the PDF objects of a piece under numbers of
its own; a file joins fragments and gives them theirs. Where they are kept: ``printing/kept.py``.

``objects``    PDF objects that do not know yet where in a file they will stand
``fragment``   the pages of a piece, what they are called, which glyphs they need
``harvest``    a fragment from pages that WeasyPrint has laid out
``accessible`` the structure that WeasyPrint writes, mended
``table_heads`` which heads a cell of a table has
``faces``      the fonts that fragments share, each embedded once
``stamp``      page numbers, printed when the place of a fragment is known
``attached``   files that a PDF carries
``archive``    what PDF/A-3 asks for besides: the colour profile, the words of the metadata
``joining``    one file from fragments: pages, bookmarks, structure, fonts
"""
