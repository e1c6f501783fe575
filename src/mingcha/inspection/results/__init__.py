"""From what was found to what the public reads: record, result, review, correction, publication."""
