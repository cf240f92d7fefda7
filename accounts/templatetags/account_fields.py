"""allauth's fields on our pages."""

from django import template

register = template.Library()


@register.simple_tag
def own_field(field, label=None, help_text=None, **attrs):
    """Draw a field with words and attributes of our own, and without a placeholder.

    A label or help text that is not given stays as it was; an empty one goes away.
    """
    if label is not None:
        field.label = label
    if help_text is not None:
        field.help_text = help_text
    widget_attrs = field.field.widget.attrs
    widget_attrs.pop("placeholder", None)
    widget_attrs.update(attrs)
    return field.as_field_group()
