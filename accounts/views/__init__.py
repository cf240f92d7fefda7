from accounts.views.profile import choose_language, profile

__all__ = ["choose_language", "profile"]
