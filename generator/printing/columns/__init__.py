"""Columns that hold their amounts: widths are set in the document, before any printer sees it.

An amount is never broken, so a column must be as wide as its widest amount in the face it is
printed in. Where it is not, the table gets other widths, or a smaller size, or is refused.

``advances``  how wide the characters of amounts are, in the fonts of the theme
``cells``     the amounts and the columns of a table
``widths``    widths that hold them, at the cost of columns of text
``size``      the size of a table that differs from its style
``fit``       these in a row, for every table of a document
"""
