"""Credentials baked into SVG images."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.carriers import CLR_2, KEYWORDS, OB_2, OB_3
from sealwright.credentials.formats.svg import MAX_DEPTH, MAX_ELEMENTS, bake, extract, is_svg
from tests.credentials.formats.pictures import element, svg

CLR_NAMESPACE = "https://purl.imsglobal.org/clr/v2p0"
OB2_NAMESPACE = "http://openbadges.org"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
DOCUMENTS = st.dictionaries(TEXTS, TEXTS, max_size=4)


def code_of(image: bytes) -> str:
    with pytest.raises(UnreadableInput) as caught:
        extract(image)
    assert str(caught.value) != caught.value.code
    return caught.value.code


def test_a_token_is_in_the_attribute_and_json_in_the_body() -> None:
    assert extract(svg(element(verify=" a.b.c "))) == "a.b.c"
    assert extract(svg(element(body='<![CDATA[ {"a": "<&"} ]]>'))) == '{"a": "<&"}'
    assert extract(svg(element(body="{&quot;a&quot;:\n1}"))) == '{"a":\n1}'


def test_the_element_is_known_by_its_namespace_wherever_it_stands() -> None:
    clr = element(namespace=CLR_NAMESPACE, body="{}")

    assert extract(svg(f"<g><g>{clr}</g></g>")) == "{}"
    assert code_of(svg(element(namespace="https://example.org/", body="{}"))) == (
        "image-without-credential"
    )
    assert code_of(svg("<credential verify='a.b.c'/>")) == "image-without-credential"


def test_an_assertion_is_hosted_where_its_attribute_says_whatever_its_body_repeats() -> None:
    hosted = element("assertion", namespace=OB2_NAMESPACE, verify="https://a.example/1", body="{}")

    assert extract(svg(hosted)) == "https://a.example/1"
    assert extract(svg(element("assertion", namespace=OB2_NAMESPACE, body="{}"))) == "{}"


def test_two_credentials_in_one_image_are_refused() -> None:
    both = element(verify="a.b.c", body="{}")

    assert code_of(svg(element(body="{}") * 2)) == "image-with-several-credentials"
    assert code_of(svg(both)) == "image-with-several-credentials"


def test_a_picture_without_credential_says_so() -> None:
    assert code_of(svg()) == "image-without-credential"
    assert code_of(svg(element(body=" "))) == "image-without-credential"


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"<svg",
        b"<svg></g>",
        b"<svg/><svg/>",
        svg("&nbsp;"),
        svg("\0"),
        svg().decode().encode("utf-16"),
        svg().decode().encode("utf-16-le"),
        b'<?xml version="1.0" encoding="latin-1"?><svg>\xe9</svg>',
        b"<svg>\xed\xa0\x80</svg>",
        svg("<unbound:credential/>"),
    ],
)
def test_a_damaged_picture_is_refused(image: bytes) -> None:
    assert code_of(image) == "svg-damaged"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">',
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_type_is_refused_before_anything_else(doctype: str) -> None:
    assert code_of(svg(element(body="{}"), before=doctype)) == "svg-with-doctype"


def test_depth_and_number_of_elements_are_capped() -> None:
    deep = "<g>" * MAX_DEPTH + "</g>" * MAX_DEPTH

    assert code_of(svg(deep)) == "svg-too-complex"
    assert code_of(svg("<g/>" * MAX_ELEMENTS)) == "svg-too-complex"


def test_markup_inside_the_credential_is_refused() -> None:
    assert code_of(svg(element(body="{<g/>}"))) == "baked-text-malformed"
    assert code_of(svg(element(body=element(body="{}")))) == "baked-text-malformed"


def test_another_root_is_no_picture() -> None:
    assert code_of(b"<html><svg/></html>") == "html-page"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<svg/>", True),
        ("<s:svg xmlns:s='http://www.w3.org/2000/svg'/>", True),
        ("<?xml version='1.0'?>\n<!-- <html> --> <!DOCTYPE svg [<!ENTITY a 'b'>]> <svg>", True),
        ("<!DOCTYPE html><html><svg>", False),
        ("<svgs>", False),
        ("{}", False),
        ("<!--" * 5_000, False),
        ("<!-- -->" * 5_000, False),
        ("<!DOCTYPE [" + "]  " * 5_000, False),
    ],
)
def test_a_picture_is_known_by_its_first_element(text: str, *, expected: bool) -> None:
    assert is_svg(text) is expected


@given(DOCUMENTS, st.sampled_from(KEYWORDS), st.booleans())
@example({"a": "]]>", "b": "]]]]>>\uffff\ufffe\x7f"}, OB_3, False)
def test_json_that_is_baked_comes_out_again(
    document: dict[str, Any], keyword: str, ascii_only: bool
) -> None:
    payload = json.dumps(document, ensure_ascii=ascii_only)

    baked = bake(svg(), payload, keyword=keyword)

    assert json.loads(extract(baked)) == document
    assert bake(baked, payload, keyword=keyword) == baked


def test_a_token_that_is_baked_comes_out_again() -> None:
    baked = bake(svg(), " a-1.b_2.c \n")

    assert extract(baked) == "a-1.b_2.c"
    assert b'<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"' in baked


def test_a_link_that_is_baked_comes_out_again() -> None:
    link = "https://a.example/1?x='\"<&>"

    assert extract(bake(svg(), link, keyword=OB_2)) == link


def test_baking_cuts_out_what_was_baked_before_and_keeps_the_rest() -> None:
    attributes = " data-a='>' data-b=\"/>\""
    old = (
        element(verify="a.b.c"),
        element(body="{}"),
        f"<b:credential xmlns:b='{CLR_NAMESPACE}'/>",
    )
    image = svg("<g/>".join(["", *old, " é "]), before="\ufeff", attributes=attributes)

    baked = bake(image, "{}", keyword=CLR_2)

    new = f'<clr:credential xmlns:clr="{CLR_NAMESPACE}"><![CDATA[{{}}]]></clr:credential>'
    assert baked == svg(new + "<g/><g/><g/><g/> é ", before="\ufeff", attributes=attributes)


def test_an_empty_picture_can_be_baked_too() -> None:
    baked = bake(b"<s:svg xmlns:s='http://www.w3.org/2000/svg' /><!-- end -->", "a.b.c")

    assert baked.startswith(b"<s:svg xmlns:s='http://www.w3.org/2000/svg'><openbadges:credential")
    assert baked.endswith(b"/></s:svg><!-- end -->")
    assert extract(baked) == "a.b.c"


@pytest.mark.parametrize("payload", ["", " \n", "a\0b", "\ud800"])
def test_what_no_reader_could_take_out_is_not_baked(payload: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        bake(svg(), payload)

    assert caught.value.code == "nothing-to-bake"


@given(
    st.binary()
    | st.lists(
        st.sampled_from(
            [
                "<svg>",
                "</svg>",
                "<g a='>'>",
                "</g>",
                "<g/>",
                "{}",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                element(verify="a.b.c"),
                element(body="{}"),
                "<!DOCTYPE svg>",
                "&amp;",
                "&x;",
                "é",
            ]
        ),
        max_size=12,
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_are_a_picture_or_refused(data: bytes) -> None:
    try:
        found = extract(data)
    except UnreadableInput:
        return

    assert found in {"a.b.c", "{}"}
    assert extract(bake(data, "x.y.z")) == "x.y.z"
