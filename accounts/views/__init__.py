from accounts.views.data import (
    data,
    download,
    download_file,
    erase_account,
    erase_account_now,
    goodbye,
    seen_by_others,
)
from accounts.views.oidc import come_back_from_provider, go_to_provider, only_if_configured
from accounts.views.profile import choose_language, profile
from accounts.views.proving import ReauthenticateByCode, send_proof_code
from accounts.views.second_factor import totp_qr
from accounts.views.sessions import end_other_sessions, end_session, sessions

__all__ = [
    "ReauthenticateByCode",
    "choose_language",
    "come_back_from_provider",
    "data",
    "download",
    "download_file",
    "end_other_sessions",
    "end_session",
    "erase_account",
    "erase_account_now",
    "go_to_provider",
    "goodbye",
    "only_if_configured",
    "profile",
    "seen_by_others",
    "send_proof_code",
    "sessions",
    "totp_qr",
]
