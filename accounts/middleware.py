"""The language a person chose goes before what the browser asks for."""

from django.utils import translation


def preferred_language(get_response):
    def middleware(request):
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return get_response(request)

    return middleware
