"""What a person may want to choose for a mail that could not be booked, best first."""

from collections.abc import Iterable, Sequence
from datetime import date

from intake.rules.matching.claims import Claims
from intake.rules.matching.placing import Placed
from intake.rules.names.directory import Directory
from intake.rules.names.naming import Named, Obligation
from intake.rules.verdicts import Suggestion

MOST = 5


def suggestions_for(
    directory: Directory,
    on: date,
    likely: Sequence[str],
    placed: Iterable[Placed],
    claims: Claims,
    told: Iterable[Obligation],
) -> tuple[Suggestion, ...]:
    """At most five: the likeliest agency with each obligation that the mail may mean, then the other agencies."""
    texts = [one.title for one in placed] + [claims.subject, *claims.sentences] + [one.name for one in placed]
    obligations = list(dict.fromkeys([*_meant(texts), *told]))
    partial = [(code, None) for code in _types(directory, texts, likely, on)]
    choices: list[tuple[str, str | None]] = [*obligations, *(one for one in partial if one[0] not in dict(obligations))]
    found = [Suggestion(agency, code, key) for agency in likely[:1] or (None,) for code, key in choices]
    found += [Suggestion(agency, *(choices[0] if choices else (None, None))) for agency in likely[1:]]
    return tuple((found or [Suggestion(agency) for agency in likely])[:MOST])


def _meant(texts: Iterable[Named]) -> list[Obligation]:
    return [one for named in texts for one in named.obligations]


def _types(directory: Directory, texts: Sequence[Named], likely: Sequence[str], on: date) -> list[str]:
    """The types that are named, else those that a text comes near to, of what the agency may owe."""
    named = [code for one in texts for code in sorted(one.codes)]
    if named:
        return list(dict.fromkeys(named))
    owed = directory.owed_by(likely or directory.agencies, on)
    texts_said = [one.text for one in texts if one.text.strip()]
    return directory.titles.closest(texts_said[0], owed) if texts_said else []
