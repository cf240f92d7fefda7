"""What may stand in the logs: no token that opens a door."""

import logging
import re

TOKENS = re.compile(r"((?:/|%2F)(?:join|unsubscribe)(?:/|%2F))[^/%?#\s\"']+", re.IGNORECASE)


def masked(text):
    return TOKENS.sub(r"\1…", text)


class MaskTokens(logging.Filter):
    """Take the tokens out of the addresses of invitations and of unsubscribing, wherever in a record they stand."""

    def filter(self, record):
        record.msg = masked(record.msg) if isinstance(record.msg, str) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(masked(one) if isinstance(one, str) else one for one in record.args)
        elif isinstance(record.args, dict):
            record.args = {name: masked(one) if isinstance(one, str) else one for name, one in record.args.items()}
        return True
