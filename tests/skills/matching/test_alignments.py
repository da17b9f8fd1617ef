"""What an alignment of a foreign credential means among our skills."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from sealwright.skills.matching import By, Named, Resolver, Target, TokenTable, build, held, load

SKILLS = [
    Named("http://x.example/1", "cook meals", ("prepare meals",)),
    Named("http://x.example/2", "Cook Meals", ()),
    Named("http://x.example/3", "bake bread", ("prepare meals", "make bread", "baking", "bake")),
    Named("http://x.example/4", "welding", ("join metal",)),
    Named("http://x.example/5", "Java (computer programming)", ("Java",)),
]
HELD = held({Target.SKILLS: SKILLS}, TokenTable.shipped())
RESOLVER = Resolver(HELD)


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
    assert RESOLVER.resolve(name="solder") is None
    assert RESOLVER.resolve(name="…") is None


def test_two_spellings_of_one_address_in_a_framework_mean_the_first() -> None:
    twice = [Named("http://x.example/1", "one"), Named("https://x.example/1/", "other")]
    found = Resolver(held({Target.SKILLS: twice}, TokenTable.shipped())).resolve(
        "http://x.example/1/"
    )

    assert found is not None
    assert found.uri == "http://x.example/1"


def test_a_name_that_two_frameworks_have_decides_nothing_unless_it_is_one_skill() -> None:
    others = [Named("http://y.example/1", "welding"), SKILLS[2]]
    both = Resolver(HELD, held({Target.SKILLS: others}, TokenTable.shipped()))

    baking = both.resolve(name="bake bread")
    assert both.resolve(name="welding") is None
    assert baking is not None
    assert baking.uri == "http://x.example/3"
    assert both.label_of("https://y.example/1") == "welding"
    assert both.label_of("https://y.example/2") is None


def test_an_index_without_skills_resolves_nothing() -> None:
    jobs = held({Target.OCCUPATIONS: SKILLS}, TokenTable.shipped())

    assert Resolver(jobs).resolve(name="welding") is None
    assert Resolver(jobs, target=Target.OCCUPATIONS).resolve(name="welding") is not None


def test_a_text_calls_skills_by_name_the_longest_first() -> None:
    text = "You make BREAD, bake bread and welding; baking and the design, or bake, in Java."

    found = [(each.label, text[each.start : each.stop]) for each in RESOLVER.named_in(text)]

    assert found == [("bake bread", "make BREAD"), ("bake bread", "bake bread"),
                     ("welding", "welding"), ("Java (computer programming)", "Java")]  # fmt: skip


@given(st.text())
def test_a_file_answers_as_the_values_that_it_was_made_from(text: str) -> None:
    assert FROM_FILE.resolve(text, text) == RESOLVER.resolve(text, text)
    assert list(FROM_FILE.named_in(text)) == list(RESOLVER.named_in(text))


def _from_file() -> Resolver:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.index"
        build(path, {Target.SKILLS: SKILLS}, TokenTable.shipped(), {})
        return Resolver(load(path))


FROM_FILE = _from_file()
