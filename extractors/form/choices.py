"""What ticked boxes say: from options to leaves of the request (data/options.yaml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from extractors.form.marks import Option
from extractors.form.vocabulary import compact

_DATA = Path(__file__).parent.parent / "data"
_PRINTED = "printed"
# One letter in seven misread or too much.
_NEARLY = 85.0
_ARTICLE = re.compile(r"^(an?|the|this is( an?)?)\s+", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """A leaf and the value that ticking an option gives it; see the data file for the words."""

    path: str
    value: str
    option: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    question: tuple[str, ...] = ()
    whole: bool = False
    names: tuple[str, ...] = ()

    def fits(self, option: str, question: str) -> bool:
        """Whether an option with its question, both as printed, is this choice."""
        option = _ARTICLE.sub("", option)
        key = compact(re.sub(r"\(.*", "", option)) or compact(option)
        keys = {key, *_halves(key)}
        opens = any(key == word if self.whole else key.startswith(word) for word in self.option for key in keys)
        held = any(word in compact(option) for word in self.holds)
        asked = compact(question)
        return (opens or held) and (not self.question or any(word in asked for word in self.question))

    def _named(self, text: str) -> str:
        """The name that a printed option is but for slips of a reader; longer ones may hold what is no part of it."""
        near = process.extractOne(text, self.names, scorer=fuzz.ratio, score_cutoff=_NEARLY)
        return near[0] if near is not None else text

    def value_of(self, option: str) -> str | bool:
        """The value that ticking the printed option gives: its own words, the English before the Chinese, or ours."""
        if self.value == _PRINTED:
            english = " ".join(_CHINESE.sub(" ", option).split()).strip(" /.:-")
            return self._named(english or option)
        return self.value == "true" if self.value in ("true", "false") else self.value


@lru_cache(maxsize=2)
def choices(*, hong_kong: bool = False) -> tuple[Choice, ...]:
    """The choices in the order of the data file, their words in compact form; those of Hong Kong before the others."""
    own = tuple(map(_choice, yaml.safe_load(_file(hong_kong=hong_kong).read_text(encoding="utf-8"))))
    return (*own, *choices()) if hong_kong else own


def _choice(entry: dict[str, Any]) -> Choice:
    words = {key: tuple(compact(word) for word in entry.get(key, ())) for key in ("option", "holds", "question")}
    return Choice(**{**entry, **words, "names": tuple(entry.get("names", ()))})


def _file(*, hong_kong: bool) -> Path:
    return _DATA / ("options_hong_kong.yaml" if hong_kong else "options.yaml")


def _halves(key: str) -> tuple[str, ...]:
    """The English and the Chinese of an option printed in both."""
    if not _CHINESE.search(key):
        return ()
    return tuple(half for half in (_CHINESE.sub("", key), "".join(_CHINESE.findall(key))) if half)


def chosen(option: Option, *, hong_kong: bool = False) -> Choice | None:
    """The choice an option stands for; None if it is none that a request has a leaf for."""
    text = option_text(option)
    known = choices(hong_kong=hong_kong)
    return next((choice for choice in known if choice.fits(text, option.question)), None)


def option_text(option: Option) -> str:
    """The printed option."""
    return " ".join(word.text for word in option.words)


def ticked(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options whose boxes are ticked or might be."""
    return tuple(option for option in options if option.box.state != "empty")
