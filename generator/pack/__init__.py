"""Template packs: how a place publishes. Settings, theme, statements, glossary, templates."""
