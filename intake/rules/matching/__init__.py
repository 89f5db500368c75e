"""Which obligations a mail answers, each with its evidence, or why a person has to decide."""
