from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import checks, proving, sessions
        from accounts.personal import entries, retention

        checks.enter()
        proving.connect()
        sessions.connect()
        entries.enter()
        retention.enter()
