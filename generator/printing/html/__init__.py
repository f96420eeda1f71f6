"""The document as one web page that loads nothing, runs nothing, and says so to the browser.

``urls``      what an address in a page leads to, as browsers read it
``css``       the addresses in a stylesheet
``elements``  the elements and attributes that a page may have
``pictures``  the pack's pictures, put into the page
``writer``    these in a row
"""
