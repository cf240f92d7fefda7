from django.urls import include, path

urlpatterns = [
    path("", include("courses.learning.urls")),
    path("author/", include("courses.authoring.urls")),
    path("track/", include("courses.tracking.urls")),
    path("", include("courses.keeping.urls")),
]
