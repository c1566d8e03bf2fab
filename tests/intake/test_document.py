from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.document import build_document
from models.document import Document, Page, Word
from models.geometry import Box, Span
from models.parsed import ParsedFile
from models.problem import Problem

TEXT = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x1FFFF, exclude_categories=["Cs", "Zs", "Cc"]),
    min_size=1,
    max_size=6,
)
PLAIN = st.text(st.sampled_from("aé字\u0301 \n\t\r\f"), max_size=20)


def word(text: str, x: float = 0, y: float = 0) -> Word:
    return Word(text, Box(x, y, x + 10, y + 10), Span(0, 0))


def page(number: int, *words: Word, plain: str | None = None, problems: tuple[Problem, ...] = ()) -> Page:
    source = "text_layer" if plain is None else "plain"
    return Page(number, 612, 792, source, words, plain=plain, problems=problems)  # type: ignore[arg-type]


def built(*pages: Page, problems: tuple[Problem, ...] = ()) -> Document:
    parsed = ParsedFile(
        "mail.eml/1/a.pdf", "a.pdf", "mail.eml", "0" * 64, "application/pdf", len(pages), iter(()), problems
    )
    return build_document("d7", parsed, pages)


def test_words_are_joined_by_spaces_lines_by_feeds_and_pages_by_form_feeds() -> None:
    document = built(page(1, word("one"), word("two", 20), word("three", 0, 30)), page(2, word("four")))
    assert document.text == "one two\nthree\ffour"
    assert (document.id, document.path, document.parent) == ("d7", "mail.eml/1/a.pdf", "mail.eml")


def test_plain_text_is_kept_unchanged() -> None:
    document = built(page(1, plain="  a\n\n b\t c \n"), page(2, plain="d"))
    assert document.text == "  a\n\n b\t c \n\fd"
    assert [w.text for w in document.page(1).words] == ["a", "b", "c"]


def test_an_empty_page_keeps_its_place() -> None:
    assert built(page(1), page(2, word("x")), page(3)).text == "\fx\f"
    assert built().text == ""


def test_problems_of_the_file_and_its_pages_say_which_document_is_meant() -> None:
    lost = Problem(stage="read", code="F007", severity="error", page=2, message="A page is damaged.")
    active = Problem(stage="open", code="F015", severity="info", message="It holds scripts.")
    document = built(page(1), page(2, problems=(lost,)), problems=(active,))
    assert [(p.code, p.document, p.page) for p in document.problems] == [("F015", "d7", None), ("F007", "d7", 2)]


@given(
    st.lists(
        st.one_of(PLAIN, st.lists(st.tuples(TEXT, st.integers(0, 500), st.integers(0, 700)), max_size=12)), max_size=5
    )
)
def test_every_words_span_gives_its_text(made: list[str | list[tuple[str, int, int]]]) -> None:
    pages = [
        page(n, plain=content) if isinstance(content, str) else page(n, *(word(*each) for each in content))
        for n, content in enumerate(made, 1)
    ]
    document = built(*pages)
    at = 0
    for before, after in zip(pages, document.pages, strict=True):
        if before.plain is None:
            assert [w.text for w in after.words] == [w.text for w in before.words]
        for w in after.words:
            assert document.text[w.span.start : w.span.end] == w.text
            assert w.span.start >= at
            at = w.span.end


def faxed(number: int, place: int) -> Page:
    texts = f"09/14/2026 16:20 CLINIC 216-555-0192 P.{place}/3".split()
    line = tuple(Word(text, Box(20 + 90 * at, 6, 100 + 90 * at, 14), Span(0, 0), 0.95) for at, text in enumerate(texts))
    return Page(number, 612, 792, "ocr", (*line, Word("text", Box(70, 100, 90, 110), Span(0, 0), 0.95)))


def test_fax_headers_are_no_part_of_the_text() -> None:
    document = built(faxed(1, 1), faxed(2, 2), faxed(3, 3))
    assert document.text == "text\ftext\ftext"
    assert [page.fax_headers[0].page for page in document.pages] == [1, 2, 3]
    assert document.problems == ()


def test_pages_out_of_order_are_told_and_left_as_they_came() -> None:
    document = built(faxed(1, 1), faxed(2, 3), faxed(3, 2))
    (problem,) = document.problems
    assert (problem.code, problem.severity, problem.document) == ("pages-out-of-order", "warning", "d7")
    assert "1, 3, 2" in problem.message
    assert [page.number for page in document.pages] == [1, 2, 3]
