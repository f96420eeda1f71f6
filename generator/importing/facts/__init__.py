"""Facts of the text: made-up ones go through the pack's templates, and the draft says its own."""
