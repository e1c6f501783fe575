"""What a firm sees: the page behind the code at its door; no account, no cookie."""
