"""Bringing a list in: read, ask what its columns mean, compare with the register, look, confirm, undo.

A list never touches a register before somebody has confirmed it. Everything up to there goes into staged
rows, in short transactions that a killed process can go on from. Confirming is one transaction of a few
statements over whole sets. Undoing is another batch, the inverse of the first, with the same preview.
"""
