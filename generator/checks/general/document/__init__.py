"""Rules about a document as a whole: contents, pages, required parts, other documents."""
