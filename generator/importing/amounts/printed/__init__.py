"""What the statements of a draft print: cells and rows, and what each row stands for."""
