"""The fixtures of the console's tests."""

from web.browsing import browser, fresh, office, signed_in

__all__ = ["browser", "fresh", "office", "signed_in"]
