"""The rows of accounts: units, people, role grants, duties, and what signing in needs."""

from mingcha.accounts.models.duties import DutyConflict, DutyRecord
from mingcha.accounts.models.grants import RoleGrant
from mingcha.accounts.models.people import PastPassword, User
from mingcha.accounts.models.saved_views import SavedView
from mingcha.accounts.models.signing_in import Authenticator, EndedBecause, RecoveryCode, SignIn
from mingcha.accounts.models.units import Capacity, Unit, UnitKind

__all__ = [
    "Authenticator",
    "Capacity",
    "DutyConflict",
    "DutyRecord",
    "EndedBecause",
    "PastPassword",
    "RecoveryCode",
    "RoleGrant",
    "SavedView",
    "SignIn",
    "Unit",
    "UnitKind",
    "User",
]
