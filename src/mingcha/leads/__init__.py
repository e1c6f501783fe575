"""线索: where inspections come from that no draw made: complaints, reports, transfers, clues, requests."""
