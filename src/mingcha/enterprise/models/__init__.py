"""Tables of what firms say, and of codes that were checked by hand."""

from mingcha.enterprise.models.checks import CodeCheck
from mingcha.enterprise.models.complaints import VisitComplaint
from mingcha.enterprise.models.ratings import RatingMark, RatingTally

__all__ = ["CodeCheck", "RatingMark", "RatingTally", "VisitComplaint"]
