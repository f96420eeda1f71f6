"""The sandbox in which a pack's templates run."""
