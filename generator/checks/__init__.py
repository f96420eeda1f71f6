"""Every reconciliation a reviewer makes, over a document as its reader has it."""
