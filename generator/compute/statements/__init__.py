"""Stage 4: declared statements evaluated over the ledger into tables of figures."""
