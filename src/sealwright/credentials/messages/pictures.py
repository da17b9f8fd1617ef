"""Messages about photos and screenshots, whose QR code is all that can be read of them."""

from __future__ import annotations

from sealwright.credentials.messages._message import Message

MESSAGES: dict[str, Message] = {
    "picture-broken": Message(
        "This picture is broken or of a kind we do not read. Take the photo again as JPEG or PNG."
    ),
    "picture-too-large": Message(
        "This picture has {width} × {height} points, more than we unpack. A smaller photo does."
    ),
    "picture-without-code": Message(
        "This picture carries no badge data, and no QR code that we can read. Was it a "
        "screenshot? Ask for the original file or link. For a photo, come closer and keep the "
        "code flat and in even light."
    ),
    "picture-with-several-codes": Message(
        "There are {number} different QR codes in this picture. Show one of them at a time."
    ),
    "code-without-credential": Message(
        "The QR code says “{text}”, which is neither a credential nor the link to one."
    ),
}
