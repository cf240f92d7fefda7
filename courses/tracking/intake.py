"""The text of a file that somebody uploads."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(file, *, at_most):
    """What stands in ``file``, as Excel, Numbers or a text editor wrote it; an error in words if it cannot be read."""
    if file.size > at_most:
        raise ValidationError(_("This file is too large. Invite people in parts."))
    content = file.read()
    if content.startswith(WORKBOOK):
        raise ValidationError(
            _("This is a workbook. Save it as CSV first, or copy the cells and paste them in the field above.")
        )
    text = decoded(content)
    if "\x00" in text:
        raise ValidationError(_("This is not text. Save your list as CSV or as text first."))
    if not text.strip():
        raise ValidationError(_("This file is empty."))
    return text


def decoded(content):
    """Text of our days, else of older programs for Windows."""
    if content.startswith(UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
