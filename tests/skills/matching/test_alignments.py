"""What an alignment of a foreign credential means among our skills."""

from __future__ import annotations

from sealwright.skills.matching import By, Named, Resolver

RESOLVER = Resolver(
    [
        Named("http://x.example/1", "cook meals", ("prepare meals",)),
        Named("http://x.example/2", "Cook Meals", ()),
        Named("http://x.example/3", "bake bread", ("prepare meals", "make bread")),
    ]
)


def test_the_address_decides_before_the_name() -> None:
    found = RESOLVER.resolve("https://x.example/1/", "bake bread")

    assert found is not None
    assert (found.uri, found.by) == ("http://x.example/1", By.ADDRESS)


def test_a_name_that_only_one_skill_has_decides() -> None:
    by_label = RESOLVER.resolve("urn:unknown", "Bake Bread!")
    by_other = RESOLVER.resolve(name="make bread")

    assert by_label is not None
    assert (by_label.uri, by_label.by) == ("http://x.example/3", By.LABEL)
    assert by_other is not None
    assert by_other.by is By.ALTERNATIVE


def test_what_two_skills_go_by_decides_nothing() -> None:
    assert RESOLVER.resolve(name="cook meals") is None
    assert RESOLVER.resolve(name="prepare meals") is None


def test_an_unknown_or_empty_name_decides_nothing() -> None:
    assert RESOLVER.resolve() is None
    assert RESOLVER.resolve(name="weld") is None
    assert RESOLVER.resolve(name="…") is None
