"""What sentences about money say by themselves, and whether it holds: no pack is needed."""
