"""Whether this process was asked to stop: the mail in hand is finished, the next is not begun."""

_asked = False


def ask():
    global _asked
    _asked = True


def asked():
    return _asked
