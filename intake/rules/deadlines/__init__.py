"""Periods, deadlines and how they stand: when something is owed, who is to be reminded, how it was kept."""
