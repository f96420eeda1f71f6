"""What a pack declares for the checks: relations, phrases, where key figures are."""
