"""Following a theme: pages are nouns, deeds are verbs."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import path

from courses.learning import groups, joining, views, wishes
from courses.learning.sitemaps import OpenThemes, OpenTopics

SITEMAPS = {"themes": OpenThemes, "topics": OpenTopics}

app_name = "learning"
urlpatterns = [
    path("", views.home, name="home"),
    path("themes/<slug:theme>/", views.theme, name="theme"),
    path("themes/<slug:theme>/<slug:topic>/", views.topic, name="topic"),
    path("themes/<slug:theme>/<slug:topic>/changes/", views.changes, name="changes"),
    path("themes/<slug:theme>/<slug:topic>/open/", views.open_topic, name="open_topic"),
    path("themes/<slug:theme>/<slug:topic>/complete/", views.complete_topic, name="complete_topic"),
    path("themes/<slug:theme>/<slug:topic>/reopen/", views.reopen_topic, name="reopen_topic"),
    path("themes/<slug:theme>/<slug:topic>/take-over/", views.take_over_topic, name="take_over_topic"),
    path("themes/<slug:theme>/<slug:topic>/seen/", views.see_changes, name="see_changes"),
    path("restart/<slug:theme>/", views.restart_theme, name="restart_theme"),
    path("pictures/<slug:public_id>/", views.picture, name="picture"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<slug:membership>/leave/", groups.leave, name="leave_group"),
    path("groups/<slug:membership>/name/", groups.share_name, name="share_name"),
    path("join/<str:token>/", joining.join, name="join"),
    path("join/<str:token>/identify/", joining.identify, name="identify"),
    path("join/<str:token>/accept/", joining.accept, name="accept_invitation"),
    path("mail/", wishes.mail_wishes, name="mail_wishes"),
    path("unsubscribe/<str:token>/", wishes.unsubscribe, name="unsubscribe"),
    path("sitemap.xml", login_not_required(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
