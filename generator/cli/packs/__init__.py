"""``disclosure packs`` and ``disclosure fonts``: the template packs, and what fonts they use."""
