"""Does a mail that names no category for certain go on with an open matter of its agency? By what its title names.

What its agency told of lately is compared, with the text of what was told; where several fit, a person says.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from intake.rules.language.phrases import clauses
from intake.rules.language.text import fold
from intake.rules.urgent.joining import (
    QUIET_AFTER,
    TELLING_WORDS,
    Joining,
    Told,
    begins_as_done,
    names_of,
    says_it_goes_on,
    titles_of,
)
from intake.rules.urgent.urgent_words import CLOCK, DONE, ENDINGS
from intake.rules.verdicts import OpenIncident

_WORD = re.compile(r"\w+")
_DONE_WORDS = frozenset(word for one in DONE for word in one.folded)


def join_by_name(
    told: Told,
    incidents: Sequence[OpenIncident],
    received_at: datetime,
    *,
    is_urgent: bool,
    has_hour: bool,
    categories: Collection[str] = (),
) -> Joining:
    """Where a report belongs that names no category for certain: by its title alone, to what its agency told of lately.

    An urgent report that says that it goes on, and names nothing, goes on with the only one there is; one that is
    called by its hour alone, "BC 7h30", with the only one of the `categories` that it may be of. What tells no hour has
    to say that the matter has ended.
    """
    lately = [one for one in incidents if one.agency == told.agency and received_at - one.updated_at <= QUIET_AFTER]
    continues = says_it_goes_on(told)
    if not (is_urgent or has_hour or told.is_last or _says_it_ended(told)):
        return Joining()
    title = told.called or told.title
    is_bulletin = bool(CLOCK.search(fold(title)))
    names = names_of(title, told.common_words) - (_DONE_WORDS if begins_as_done(title) else frozenset())
    named = [one for one in lately if _names_it(names, one, told, nearly=is_urgent)]
    if is_urgent and not names and (continues or is_bulletin):
        named = [one for one in lately if continues or one.category in categories]
    if len(named) > 1:
        return Joining(doubt=f"it may go on with any of {titles_of(named)}")
    if named:
        return Joining(named[0], f'it goes on with "{named[0].title}"')
    near = [one for one in lately if names and names <= _known_names(told, one)]
    return Joining(doubt=f"it may go on with {titles_of(near)}, or be a new matter") if near else Joining()


def _names_it(names: frozenset[str], incident: OpenIncident, told: Told, *, nearly: bool) -> bool:
    """Whether what was told of an incident has all names of a title, or `nearly` all.

    A title that does not say that it goes on has a number or a proper name among them.
    """
    same = names & _known_names(told, incident)
    if says_it_goes_on(told) and same == names:
        return bool(names)
    proper = {fold(word) for word in _WORD.findall(told.called or told.title)[1:] if word[0].isupper()}
    is_telling = len(same) >= TELLING_WORDS and any(one.isdigit() or one in proper for one in same)
    return is_telling and (3 * len(same) >= 2 * len(names) if nearly else same == names)


def _known_names(told: Told, incident: OpenIncident) -> frozenset[str]:
    return names_of(f"{incident.title}\n{incident.text}", told.common_words)


def _says_it_ended(told: Told) -> bool:
    return any(clauses(one).says(ENDINGS) or begins_as_done(one) for one in (told.called, told.title))
