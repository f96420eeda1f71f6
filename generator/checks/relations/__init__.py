"""The reconciliations (勾稽关系) that a pack declares, held against a document."""
