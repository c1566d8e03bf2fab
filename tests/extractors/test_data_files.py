from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from extractors.annotation.cues import TypeCues
from extractors.context import ContextRules
from extractors.data_files import load_data
from extractors.language import Concept
from models.annotations import PartType

DATA = Path(__file__).resolve().parents[2] / "extractors" / "data"
OURS = ("abbreviations", "chinese", "concepts", "context", "drugs", "letters", "lexicon", "part_types", "sections")


class NoDuplicates(yaml.SafeLoader):
    """YAML in which a key given twice is an error; PyYAML would keep the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [self.construct_object(key) for key, _ in node.value]
        repeated = {key for key in keys if keys.count(key) > 1}
        assert not repeated, f"given twice: {repeated}"
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("name", OURS)
def test_no_key_is_given_twice(name: str) -> None:
    loaded = yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), Loader=NoDuplicates)  # noqa: S506 - safe
    assert loaded


@pytest.mark.parametrize("name", OURS)
def test_each_list_is_named_with_its_source(name: str) -> None:
    assert f"`{name}.yaml`" in (DATA / "README.md").read_text(encoding="utf-8")


def test_lists_are_of_their_types() -> None:
    types = [cues.type for cues in load_data("part_types", tuple[TypeCues, ...])]
    assert len(types) == len(set(types))
    assert set(PartType) - set(types) == {PartType.SEPARATOR, PartType.BLANK}
    assert load_data("context", ContextRules).failed
    names = [concept.concept for concept in load_data("concepts", tuple[Concept, ...])]
    assert len(names) == len(set(names))


def test_a_term_belongs_to_one_concept() -> None:
    seen: dict[str, str] = {}
    for concept in load_data("concepts", tuple[Concept, ...]):
        for term in concept.terms:
            assert seen.setdefault(term.lower(), concept.concept) == concept.concept, term


def test_a_list_of_another_type_is_refused() -> None:
    with pytest.raises(ValidationError):
        load_data("drugs", dict[str, int])
