"""The pages that every site has, whoever keeps it."""

from django.urls import path

from accounts.views import pages

app_name = "pages"
urlpatterns = [
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("contact/", pages.contact, name="contact"),
    path("contact/send/", pages.send_message, name="send_message"),
    path("contact/sent/", pages.message_sent, name="message_sent"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
]
