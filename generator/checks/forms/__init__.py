"""What rules about performance forms share."""
