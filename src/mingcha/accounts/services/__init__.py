"""The verbs of accounts.

    units      create_unit, edit_unit, rename_unit, move_unit, close_unit
    people     create_user, edit_user, deactivate, reactivate, name_deputy, remove_deputy
    founding   create_administrator
    grants     grant_role, revoke_role
    passwords  change_password, reset_password
    factor     start_enrolment, confirm_enrolment, verify_second_step, renew_recovery_codes,
               disable_factor, reset_factor
    sessions   open_session, end_session, end_all_sessions, close_abandoned_sessions
    unlocking  unlock, record_lock_out
    saved views save_view, change_view, delete_view
    matrix     declare_conflict, set_enforced

Who may: administrators, and everyone for what is their own. Every verb refuses in plain Chinese.
"""

from mingcha.accounts.services.factor import (
    confirm_enrolment,
    disable_factor,
    renew_recovery_codes,
    reset_factor,
    start_enrolment,
    verify_second_step,
)
from mingcha.accounts.services.founding import create_administrator
from mingcha.accounts.services.grants import grant_role, revoke_role
from mingcha.accounts.services.matrix import declare_conflict, set_enforced
from mingcha.accounts.services.passwords import change_password, reset_password
from mingcha.accounts.services.people import (
    create_user,
    deactivate,
    edit_user,
    name_deputy,
    reactivate,
    remove_deputy,
)
from mingcha.accounts.services.saved_views import change_view, delete_view, save_view
from mingcha.accounts.services.sessions import (
    close_abandoned_sessions,
    end_all_sessions,
    end_session,
    open_session,
)
from mingcha.accounts.services.units import close_unit, create_unit, edit_unit, move_unit, rename_unit
from mingcha.accounts.services.unlocking import record_lock_out, unlock

__all__ = [
    "change_password",
    "change_view",
    "close_abandoned_sessions",
    "close_unit",
    "confirm_enrolment",
    "create_administrator",
    "create_unit",
    "create_user",
    "deactivate",
    "declare_conflict",
    "delete_view",
    "disable_factor",
    "edit_unit",
    "edit_user",
    "end_all_sessions",
    "end_session",
    "grant_role",
    "move_unit",
    "name_deputy",
    "open_session",
    "reactivate",
    "record_lock_out",
    "remove_deputy",
    "rename_unit",
    "renew_recovery_codes",
    "reset_factor",
    "reset_password",
    "revoke_role",
    "save_view",
    "set_enforced",
    "start_enrolment",
    "unlock",
    "verify_second_step",
]
