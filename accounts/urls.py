from allauth.account.views import password_set
from allauth.socialaccount.views import connections, login_cancelled, signup
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from accounts import views
from accounts.often import ProveByApp, RequestCode, SetUpApp, SignIn, SignInFurther
from accounts.proving import proof_first
from accounts.strangers import ConfirmLoginCode, ConfirmNewAddress

profile_patterns = (
    [
        path("", views.profile, name="profile"),
        path("language/", views.choose_language, name="choose_language"),
        path("sessions/", views.sessions, name="sessions"),
        path("sessions/end-others/", views.end_other_sessions, name="end_other_sessions"),
        path("sessions/<slug:session>/end/", views.end_session, name="end_session"),
        path("reauthenticate/code/", views.ReauthenticateByCode.as_view(), name="reauthenticate_by_code"),
        path("reauthenticate/code/send/", views.send_proof_code, name="send_proof_code"),
        path("security/totp/qr/", views.totp_qr, name="totp_qr"),
        path("data/", views.data, name="data"),
        path("data/seen/", views.seen_by_others, name="seen_by_others"),
        path("data/download/", views.download, name="download"),
        path("data/download/file/", views.download_file, name="download_file"),
        path("data/erase/", views.erase_account, name="erase_account"),
        path("data/erase/now/", views.erase_account_now, name="erase_account_now"),
        path("goodbye/", views.goodbye, name="goodbye"),
    ],
    "accounts",
)

oidc_patterns = [
    path("login/", views.go_to_provider, name="openid_connect_login"),
    path("callback/", views.come_back_from_provider, name="openid_connect_callback"),
    path("cancelled/", views.only_if_configured(login_cancelled), name="socialaccount_login_cancelled"),
    path("signup/", views.only_if_configured(signup), name="socialaccount_signup"),
    path("connections/", views.only_if_configured(connections), name="socialaccount_connections"),
]

urlpatterns = [
    path("", include(profile_patterns)),
    path("password/set/", proof_first(password_set), name="account_set_password"),
    path("login/", SignIn.as_view(), name="account_login"),
    path("login/code/", RequestCode.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", ConfirmLoginCode.as_view(), name="account_confirm_login_code"),
    path("confirm-email/", login_not_required(ConfirmNewAddress.as_view()), name="account_email_verification_sent"),
    path("", include("allauth.account.urls")),
    path("security/authenticate/", SignInFurther.as_view(), name="mfa_authenticate"),
    path("security/reauthenticate/", ProveByApp.as_view(), name="mfa_reauthenticate"),
    path("security/totp/activate/", SetUpApp.as_view(), name="mfa_activate_totp"),
    path("security/", include("allauth.mfa.urls")),
    path("oidc/", include(oidc_patterns)),
]
