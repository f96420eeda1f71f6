"""Stage 6: the pack's templates write one semantic HTML document."""
