from django.urls import include, path

from accounts import views

profile_patterns = (
    [
        path("", views.profile, name="profile"),
        path("language/", views.choose_language, name="choose_language"),
    ],
    "accounts",
)

urlpatterns = [
    path("", include(profile_patterns)),
    path("", include("allauth.account.urls")),
]
