from __future__ import annotations

from benchmarks.trust import Told, ceilings, plain_leaf, report


def told(leaf: str, right: int, wrong: int, confidence: float = 0.95) -> list[Told]:
    values = [True] * right + [False] * wrong
    return [Told("form_fields.right", leaf, confidence, one, str(at)) for at, one in enumerate(values)]


def test_leaves_are_named_as_extractors_name_them() -> None:
    assert plain_leaf("/service_lines/0/drug/name") == "service_lines.drug.name"
    assert plain_leaf("/hong_kong/estimates/3/kind") == "hong_kong.estimates.kind"


def test_a_leaf_that_is_wrong_too_often_is_put_below_what_is_believed() -> None:
    found = ceilings(told("a", 200, 0) + told("b", 6, 4))
    assert [(rule, leaf, count, good) for rule, leaf, _, count, good in found] == [("form_fields.right", "b", 10, 6)]
    assert 0.6 < found[0][2] <= 0.89


def test_errors_of_a_single_packet_say_nothing_of_a_rule() -> None:
    assert ceilings([one._replace(packet="1") for one in told("b", 6, 4)]) == []


def test_one_error_in_many_values_is_forgiven() -> None:
    assert ceilings(told("a", 300, 1)) == []


def test_the_report_says_how_many_of_the_sure_values_are_right() -> None:
    lines = report(told("a", 99, 1) + told("b", 5, 5, 0.7))
    assert lines[0].startswith("110 values, 100 at 0.9 and above, right 99")
    assert any(line.startswith("0.70-0.80     10  0.500") for line in lines)
