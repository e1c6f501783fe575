"""Bringing in a superior's list: read, compared with ours, decided row by row; ours waits until then.

receive → rows with suggestions → decide each → confirm (drafts are made) or cancel
"""
