"""Verbs of firms, and of those who answer them."""

from mingcha.enterprise.services.checking import check_digits
from mingcha.enterprise.services.complaining import complain, handle_complaint
from mingcha.enterprise.services.rating import forget_marks, rate
from mingcha.enterprise.services.recusing import recuse

__all__ = ["check_digits", "complain", "forget_marks", "handle_complaint", "rate", "recuse"]
