"""What was found on a page once is not looked for again: several extractors ask the same of the same page."""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from models.document import Page

T = TypeVar("T")

# Extractors go through a document page by page, each for itself; a longer document is asked for again from its start.
_PAGES = 64


def per_page(function: Callable[[Page], T]) -> Callable[[Page], T]:
    """The function, keeping its answers for the last pages. Pages are told apart by identity: to compare is dearer."""
    answers: OrderedDict[int, tuple[Page, T]] = OrderedDict()

    @functools.wraps(function)
    def remembered(page: Page) -> T:
        known = answers.get(id(page))
        if known is not None and known[0] is page:
            return known[1]
        answer = function(page)
        answers[id(page)] = (page, answer)
        if len(answers) > _PAGES:
            answers.popitem(last=False)
        return answer

    return remembered
