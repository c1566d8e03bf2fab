from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.form.written import written_words
from models.document import Word
from models.geometry import Span

TEXTS = st.lists(
    st.text(st.characters(exclude_categories=["Zs", "Cc", "Cs"]), min_size=1, max_size=5), min_size=1, max_size=8
)


def words(texts: list[str]) -> tuple[Word, ...]:
    return tuple(Word(text, None, Span(n, n)) for n, text in enumerate(texts))


@given(TEXTS, st.data())
def test_any_stretch_of_the_text_leads_to_the_words_it_touches(texts: list[str], data: st.DataObject) -> None:
    text = written_words(words(texts))
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    touched = text.slice(start, end)
    assert text.slice(0, len(text.text)) == text.words
    assert "".join(w.text for w in touched) in text.text.replace(" ", "")
    if text.text[start:end].strip():
        assert text.text[start:end].strip() in text.part(start, end).text
