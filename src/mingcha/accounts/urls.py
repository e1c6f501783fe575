from django.urls import path

from mingcha.accounts.registers import UnitRegister, UserRegister
from mingcha.accounts.views import own, people, roles, saved_views, second_factor, signing_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("second-step/", signing_in.second_step, name="second-step"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("me/", own.profile, name="profile"),
    path("me/password/", own.password, name="password"),
    path("me/deputy/", own.own_deputy, name="own-deputy"),
    path("me/deputy/remove/", own.remove_own_deputy, name="remove-own-deputy"),
    path("me/sessions/<int:pk>/end/", own.end_session, name="end-session"),
    path("me/second-factor/", second_factor.overview, name="second-factor"),
    path("me/second-factor/start/", second_factor.start, name="start-enrolment"),
    path("me/second-factor/enrol/", second_factor.enrol, name="enrol"),
    path("me/second-factor/recovery-codes/", second_factor.renew_codes, name="renew-codes"),
    path("me/second-factor/disable/", second_factor.disable, name="disable-factor"),
    path("views/save/", saved_views.save_view, name="save-view"),
    path("views/<int:pk>/", saved_views.change_view, name="change-view"),
    path("views/<int:pk>/delete/", saved_views.delete_view, name="delete-view"),
    path("roles/", roles.role_list, name="roles"),
    path("roles/<slug:role>/", roles.role_detail, name="role"),
    path("duties/", roles.matrix, name="matrix"),
    path("duties/<int:pk>/enforced/", roles.set_enforced, name="set-enforced"),
    path("users/<int:pk>/grant/", people.grant, name="grant"),
    path("users/<int:pk>/deputy/", people.name_deputy, name="user-deputy"),
    path("users/<int:pk>/deputy/remove/", people.remove_deputy, name="remove-deputy"),
    path("users/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("users/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("users/<int:pk>/unlock/", people.unlock, name="unlock"),
    path("users/<int:pk>/reset-password/", people.reset_password, name="reset-password"),
    path("users/<int:pk>/reset-factor/", people.reset_factor, name="reset-factor"),
    path("grants/<int:pk>/revoke/", people.revoke_grant, name="revoke-grant"),
    path("units/<int:pk>/move/", people.move_unit, name="move-unit"),
    path("units/<int:pk>/close/", people.close_unit, name="close-unit"),
    *UserRegister.urls(),
    *UnitRegister.urls(),
]
