from __future__ import annotations

from extractors.form.bilingual import bilingual
from extractors.form.estimates import read_estimates
from extractors.layout.cells import grid
from extractors.layout.runs import runs
from tests.extractors.documents import At, Piece, document_from_lines


def read(pieces: list[Piece]) -> list[tuple[str, str, str | None]]:
    page = document_from_lines(pieces).page(1)
    return [(e.kind, e.amount, e.currency) for e in read_estimates(runs(page), grid(page), bilingual())]


def test_an_amount_may_stand_behind_its_label_or_further_right() -> None:
    pieces: list[Piece] = ["Surgeon's fee: HK$42,000", At("手術室費", 72, 200), At("$9,800", 260, 200)]
    assert read(pieces) == [("Surgeon's fee", "42000", "HKD"), ("手術室費", "9800", "HKD")]


def test_words_beside_a_fee_are_no_amount() -> None:
    assert read(["Surgeon's fee", At("as per quotation", 260, 60)]) == []


def test_pages_without_fees_are_left_alone() -> None:
    assert (
        read([At("Others 其他", 72, 60), At("5550 1234", 260, 60), At("Laboratory", 72, 90), At("120", 260, 90)]) == []
    )


def test_without_a_sign_the_currency_is_what_the_amount_says() -> None:
    assert read(["Surgeon's fee: 42,000"]) == [("Surgeon's fee", "42000", None)]
