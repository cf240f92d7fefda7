"""Guiding a group: pages are nouns, deeds are verbs."""

from django.urls import include, path

from courses.tracking.views import clients, completions, exports, groups, invitations, learners, people, roster

member_patterns = [
    path("", learners.learner, name="learner"),
    path("message/", learners.message, name="message"),
    path("notes/add/", learners.add_note, name="add_note"),
    path("notes/<int:note>/remove/", learners.remove_note, name="remove_note"),
    path("<slug:theme>/<slug:topic>/complete/", learners.complete_topic, name="complete_topic"),
    path("<slug:theme>/<slug:topic>/reopen/", learners.reopen_topic, name="reopen_topic"),
    path("suspend/", people.suspend, name="suspend"),
    path("readmit/", people.readmit, name="readmit"),
    path("remove/", people.remove, name="remove"),
]
theme_patterns = [
    path("", roster.roster, name="roster"),
    path("stalled/", roster.stalled, name="stalled"),
    path("report/", exports.report, name="report"),
    path("export/", exports.export, name="export"),
    path("dates/", groups.date_theme, name="date_theme"),
    path("remove/", groups.remove_theme, name="remove_theme"),
]
group_patterns = [
    path("", groups.group, name="group"),
    path("settings/", groups.settings, name="settings"),
    path("describe/", groups.describe, name="describe"),
    path("duplicate/", groups.duplicate, name="duplicate"),
    path("close/", groups.close, name="close"),
    path("reopen/", groups.reopen, name="reopen"),
    path("add-theme/", groups.add_theme, name="add_theme"),
    path("add-trainer/", groups.add_trainer, name="add_trainer"),
    path("remove-trainer/", groups.remove_trainer, name="remove_trainer"),
    path("remove-client/", groups.remove_client, name="remove_client"),
    path("client/", clients.client, name="client"),
    path("people/", people.people, name="people"),
    path("invite/", invitations.invite, name="invite"),
    path("invite/preview/", invitations.preview, name="preview_invitations"),
    path("invite/send/", invitations.send, name="send_invitations"),
    path("links/create/", invitations.create_link, name="create_link"),
    path("invitations/<slug:invitation>/resend/", invitations.resend, name="resend_invitation"),
    path("invitations/<slug:invitation>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("learners/<slug:membership>/", include(member_patterns)),
    path("themes/<slug:theme>/", include(theme_patterns)),
]

app_name = "tracking"
urlpatterns = [
    path("", groups.groups, name="groups"),
    path("create/", groups.create, name="create_group"),
    path("completions/", completions.completions, name="completions"),
    path("completions/confirm/", completions.confirm, name="confirm_completions"),
    path("groups/<slug:group>/", include(group_patterns)),
]
