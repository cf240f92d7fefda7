from django.urls import include, path

urlpatterns = [
    path("", include("courses.learning.urls")),
    path("author/", include("courses.authoring.urls")),
]
