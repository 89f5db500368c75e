"""What the world can do to us.

    IntakeError
    ├── ConfigError       the configuration or the call is wrong; nothing was started
    │   └── RegistryError the registry's files are wrong; nothing was loaded
    ├── TemporaryError    try again later: a lock held, a disk full, a recipient refused for now
    │   └── UnreachableError  the server is away: whatever else is for it need not be tried now
    └── PermanentError    trying again cannot help; a person must look
        └── RefusedRecipientError  the server knows no such recipient

A "no" of the domain (a report that cannot be matched) is a value, never an exception.
"""


class IntakeError(Exception):
    """Carries a sentence for the person; the cause for the log is `__cause__`."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ConfigError(IntakeError):
    """The configuration or the call is wrong. `mistakes` names every one of them, each with what would be right."""

    def __init__(self, sentence: str, mistakes: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.mistakes = mistakes


class RegistryError(ConfigError):
    """The registry's files are wrong. Each of `mistakes` names its sheet, row and column."""


class TemporaryError(IntakeError):
    """The same attempt may succeed later."""


class UnreachableError(TemporaryError):
    """The server at the other end cannot be talked to; nothing else that is for it would get through now.

    `in_doubt` says that it may have taken what it was given before it fell silent.
    """

    def __init__(self, sentence: str, in_doubt: bool = False) -> None:
        super().__init__(sentence)
        self.in_doubt = in_doubt


class PermanentError(IntakeError):
    """The same attempt will fail again; a person must look."""


class RefusedRecipientError(PermanentError):
    """The recipient's address is refused for good; other recipients may well be reached."""
