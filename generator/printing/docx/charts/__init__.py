"""Charts that Word edits: what they show, their workbook, and their markup."""
