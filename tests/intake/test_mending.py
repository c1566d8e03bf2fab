import pytest

from intake.mending import mended
from intake.ocr import OcrWord


def words(*texts: str, confidence: float = 0.6) -> tuple[OcrWord, ...]:
    return tuple(OcrWord(text, 60 * at, 0, 60 * at + 55, 20, confidence) for at, text in enumerate(texts))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("SUBMITTRD", "SUBMITTED"),
        ("authonzation", "authorization"),
        ("Addross", "Address"),
        ("REQUES1", "REQUEST"),
        ("stato,", "state,"),
        ("(extensian)", "(extension)"),
    ],
)
def test_a_doubtful_word_becomes_the_one_that_forms_print(read: str, meant: str) -> None:
    (word,) = mended(words(read))
    assert (word.text, word.confidence) == (meant, 0.8)


def test_halves_of_a_word_are_put_together() -> None:
    (word,) = mended(words("TELI", "RPHONE"))
    assert (word.text, word.x0, word.x1) == ("TELEPHONE", 0, 115)


@pytest.mark.parametrize("text", ["Trail", "5551234", "K0861", "Elderkin", "Ferry", "name", "S83.512D"])
def test_what_is_no_such_word_stays(text: str) -> None:
    line = words(text)
    assert mended(line) == line


def test_words_beside_each_other_stay_apart() -> None:
    line = words("Person", "to", "call")
    assert [word.text for word in mended(line)] == ["Person", "to", "call"]


def test_sure_words_and_prose_are_left_alone() -> None:
    sure = words("SUBMITTRD", confidence=0.95)
    prose = words("SUBMITTRD", *"abcdefghi")
    assert mended(sure) == sure
    assert mended(prose) == prose
