"""The pure kernel: rules of law and arithmetic without a web, a database or a clock.

Everything here depends on the standard library only, does no I/O and never reads the present time;
whoever calls it passes in the date, the work-day calendar and the facts. The same input therefore
always gives the same answer, which is what lets a draw, a deadline or a refusal be checked by others.
"""
