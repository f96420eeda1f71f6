"""The data of a folder as a workbook made for typing, and back again without loss."""
