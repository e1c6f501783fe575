"""The ledger (存证链): every event, append-only and chained; nothing changes in silence (design §4.3).

FORMAT.md beside this file tells a stranger how to recompute the chain without this program.
"""
