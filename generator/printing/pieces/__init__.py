"""Cuts a document into pieces and makes each: the pages of a piece are a fragment of the PDF.

``piece``           cuts the document; what a piece is
``making``          finds pieces made before, or makes them
``second_printer``  a second process that makes some of them meanwhile
``tasks``           what that is given to do
``layout``          what makes them: WeasyPrint, and the painter of grids
``page_breaks``     mends what a page break would cut
``justify``         draws lines of Chinese out to the margin
``leaders``         draws the dots of the contents
``complaints``      what the layout complains of
"""
