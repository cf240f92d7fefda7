"""The secret key of an installation that has none in its environment."""

import os
import secrets

from django.core.exceptions import ImproperlyConfigured


def kept_in(path):
    """Return the key in the file at ``path``; make one, readable by its owner only, if there is none.

    Of several processes that start at once, one makes the file and the others read it.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    try:
        return path.read_text().strip()
    except PermissionError as error:
        raise ImproperlyConfigured(
            f"The user that runs the site may not read {path}. As root: chown stapwijs: {path}"
        ) from error
