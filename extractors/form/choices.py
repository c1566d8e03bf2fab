"""What ticked boxes say: from options to leaves of the request (data/options.yaml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from extractors.form.marks import Option
from extractors.form.vocabulary import compact

_DATA = Path(__file__).parent.parent / "data" / "options.yaml"


@dataclass(frozen=True, slots=True)
class Choice:
    """A leaf and the value that ticking an option gives it; see the data file for the words."""

    path: str
    value: str
    option: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    question: tuple[str, ...] = ()
    whole: bool = False

    def fits(self, option: str, question: str) -> bool:
        """Whether an option with its question, both as printed, is this choice."""
        key = compact(re.sub(r"\(.*", "", option)) or compact(option)
        opens = any(key == word if self.whole else key.startswith(word) for word in self.option)
        held = any(word in compact(option) for word in self.holds)
        asked = compact(question)
        return (opens or held) and (not self.question or any(word in asked for word in self.question))


@lru_cache(maxsize=1)
def choices() -> tuple[Choice, ...]:
    """The choices in the order of the data file, their words in compact form."""
    words = ("option", "holds", "question")
    return tuple(
        Choice(**{**entry, **{key: tuple(compact(word) for word in entry.get(key, ())) for key in words}})
        for entry in yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    )


def chosen(option: Option) -> Choice | None:
    """The choice an option stands for; None if it is none that a request has a leaf for."""
    text = option_text(option)
    return next((choice for choice in choices() if choice.fits(text, option.question)), None)


def option_text(option: Option) -> str:
    """The printed option."""
    return " ".join(word.text for word in option.words)


def ticked(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options whose boxes are ticked or might be."""
    return tuple(option for option in options if option.box.state != "empty")
