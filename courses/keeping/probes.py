"""What machines ask: whether this server lives, whether it is ready, and what it counted.

Answered before everything else: a load balancer asks by a bare address, without https and under no name of ours, and
its question must not cost a session, a log line or a wait for the database.
"""

from courses.keeping.urls import urlpatterns

VIEWS = {f"/{route.pattern}": route.callback for route in urlpatterns}


def probes_first(get_response):
    def middleware(request):
        view = VIEWS.get(request.path_info)
        return view(request) if view else get_response(request)

    return middleware
