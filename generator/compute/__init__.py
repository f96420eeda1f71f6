"""What follows from the data: the ledger in 元 and the statements that sum it."""
