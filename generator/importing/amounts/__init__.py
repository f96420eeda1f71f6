"""The leaf amounts from which every printed cell of the statements follows."""
