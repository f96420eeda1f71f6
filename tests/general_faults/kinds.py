"""Plants one fault of those that reviewers name, in a draft of any format that has been read.

The blocks of a draft are changed after reading: a fault in a PDF then is one in what the PDF's
reader gives, wrapped cells and all, without printing a file for each. Nothing here knows a pack.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.general_faults.in_documents import IN_DOCUMENTS
from tests.general_faults.in_sentences import AGAINST_TABLES, IN_SENTENCES, OF_WORDING
from tests.general_faults.in_tables import IN_TABLES
from tests.general_faults.view import Group, Mutator

BY_GROUP: Mapping[Group, Mapping[str, Mutator]] = {
    Group.TABLES: dict(IN_TABLES),
    Group.SENTENCES: dict(IN_SENTENCES),
    Group.AGAINST: dict(AGAINST_TABLES),
    Group.WORDING: dict(OF_WORDING),
    Group.DOCUMENT: dict(IN_DOCUMENTS),
}
MUTATORS: Mapping[str, Mutator] = {
    kind: mutator for mutators in BY_GROUP.values() for kind, mutator in mutators.items()
}
"""How each kind of fault is planted, by its name in the tables of docs/check-rates.md."""
