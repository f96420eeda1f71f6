"""Prints uniform grids, the statements and performance forms, without WeasyPrint's layout.

A grid is a section of headings and one table of plain cells in fixed columns. A
long document is mostly grids, and their layout is simple: so they are laid out
here, many times faster, and everything else stays with WeasyPrint.

``grid``        what a section must look like to be a grid
``grid_kind``   grids that look alike, whatever they say
``specimen``    WeasyPrint lays one specimen of each kind of grid out
``sheet``       geometry and styles, read off the specimen
``letterhead``  what WeasyPrint writes on the pages of that kind: headings, their structure
``own_lines``   what each grid of a kind says in its own words: headings, titles said again
``column_edges``  where each grid's own columns begin and end
``known_css``   what of the CSS is known; a kind that needs more stays with WeasyPrint
``shaping``     texts as lines of glyphs, by Pango, each distinct text once
``rows``        rows on pages: heights, repeated heads, merged cells split at page breaks
``pages``       what is painted on a page: rules and texts
``tags``        the structure of the tables, for readers that cannot see
``grid_fragment``  the pages of a grid as a fragment of a PDF
``painter``     these in a row, from a section to its fragment
"""
