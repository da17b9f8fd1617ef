"""Template tags of the look: icons, the seal, the mark."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from sealwright.web.ui.markdown import markdown
from sealwright.web.ui.seal import initials, seal

register = template.Library()

OWN = {
    "question": mark_safe(
        '<path d="M8.5 9.5a3.6 3.6 0 1 1 5.3 3.2c-1.2.7-1.8 1.3-1.8 2.800"/><path d="M12 19v.01"/>'
    ),
}
"""Line icons that the icon set has no plain form of, on a grid of 24."""

OWN_SVG = (
    '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
    'stroke-linejoin="round" class="{}" aria-hidden="true">{}</svg>'
)


@register.simple_tag
def icon(name: str, kind: str = "") -> str:
    """A line icon that goes along with words: hidden from screen readers, sized by CSS."""
    classes = f"i {kind}".strip()
    if name in OWN:
        return format_html(OWN_SVG, classes, OWN[name])
    attributes: dict[str, Any] = {"class": classes, "aria_hidden": "true"}
    return lucide(name, size=None, **attributes)


@register.simple_tag
def symbol(name: str, address: str) -> str:
    """A line icon to be drawn many times: `<use href="#address">` draws it within an `svg.i`."""
    lines = icon(name).partition(">")[2].removesuffix("</svg>")
    return format_html('<symbol id="{}" viewBox="0 0 24 24">{}</symbol>', address, mark_safe(lines))  # noqa: S308


@register.filter
def code(text: str) -> SafeString:
    """Words between backticks as code; everything else stays as it is, escaped."""
    parts = [("code" if n % 2 else "span", part) for n, part in enumerate(text.split("`"))]
    return format_html_join("", "<{0}>{1}</{0}>", [part for part in parts if part[1]])


@register.simple_tag
def json_ld(document: dict[str, Any]) -> SafeString:
    """A description for search engines, which nothing runs and no text can break out of."""
    written = json.dumps(document, ensure_ascii=False).translate(_NEVER_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(written))  # noqa: S308


_NEVER_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.filter(name="markdown")
def markdown_filter(text: str) -> SafeString:
    """Markdown of a stranger as HTML: paragraphs, lists, emphasis, code and links."""
    return markdown(text)


@register.simple_tag(name="seal")
def seal_of(
    identity: str, name: str, label: str = "", hollow: bool = False, small: bool = False
) -> SafeString:
    """The seal of a credential, with the initials of whoever issued it."""
    return seal(identity, initials(name), label=label, hollow=hollow, small=small)


@register.simple_tag
def mark() -> SafeString:
    """The mark of Sealwright: four ellipses, turned."""
    return format_html_join(
        "",
        '<ellipse cx="14" cy="14" rx="12" ry="5" transform="rotate({} 14 14)"/>',
        [(angle,) for angle in (0, 45, 90, 135)],
    )


@register.simple_tag(takes_context=True)
def console_link(
    context: Context, name: str, slug: str, icon_name: str, label: str, permission: str = ""
) -> SafeString:
    """A line of the console's navigation, for whoever may go there."""
    request = context["request"]
    if permission and not request.actor.may_somewhere(permission):
        return SafeString()
    try:
        url = reverse(name, args=[slug])
    except NoReverseMatch:
        return SafeString()
    inside = url.count("/") > 2 and request.path.startswith(f"{url}/")
    here = mark_safe(' aria-current="page"') if request.path == url or inside else ""
    return format_html('<li><a href="{}"{}>{}{}</a></li>', url, here, icon(icon_name), label)


@register.simple_tag(takes_context=True)
def tab(context: Context, name: str, slug: str, label: str, permission: str = "") -> SafeString:
    """A page beside others of one subject, for whoever may go there."""
    request = context["request"]
    if permission and not request.actor.may_somewhere(permission):
        return SafeString()
    try:
        url = reverse(name, args=[slug])
    except NoReverseMatch:
        return SafeString()
    here = mark_safe(' aria-current="page"') if request.path == url else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, here, label)


@register.simple_tag(takes_context=True)
def with_parameter(context: Context, name: str, value: object) -> str:
    """The page's own address with one GET parameter set, the others kept: on its first page."""
    parameters = context["request"].GET.copy()
    parameters.pop("page", None)
    parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.inclusion_tag("ui/_field.html")
def field(bound: Any, *, wide: bool = False) -> dict[str, Any]:
    """A field of a form, as all our forms show it."""
    return {"field": bound, "wide": wide}
