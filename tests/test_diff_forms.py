"""Which form of one side is which of the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.compare.forms.forms import compare_forms
from generator.compare.text.differences import Wording
from generator.reading.document import Form, ReadDocument
from tests.conftest import UNIT


def _misspelt(form: Form, unit: str) -> Form:
    """A form whose project has another last character."""
    content = form.content
    texts = {"project": f"{content.project[:-1]}处", "unit": unit}
    return replace(form, content=content.model_copy(update=texts))


@pytest.mark.parametrize("unit_is_read", [True, False])
def test_a_form_whose_project_is_misspelt_is_the_same_form(
    unit_is_read: bool, of_data: Callable[[str], ReadDocument]
) -> None:
    forms = of_data(UNIT).forms
    theirs = [_misspelt(form, form.content.unit if unit_is_read else "") for form in forms]
    parts = list(compare_forms(forms, theirs, Wording()))
    assert len(parts) == len(forms)
    assert [part.difference for part in parts] == [None] * len(forms)
