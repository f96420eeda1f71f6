"""What people and programs get to see of a check: text, HTML, JSON and SARIF."""
