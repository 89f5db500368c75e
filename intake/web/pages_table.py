"""The table of all pages: where each is found, who may see it, and to which part of the console it belongs."""

from intake.web import account, beginning, files
from intake.web.routing import Page

PAGES: tuple[Page, ...] = (
    Page("/static/{digest}/{name}", files.static_file, "anyone"),
    Page("/language/{language}", beginning.choose_language, "anyone"),
    Page("/", beginning.begin, "viewer"),
    Page("/account", account.show, "viewer", area="account"),
    Page("/account/password", account.change_password, "viewer", "POST", area="account"),
)
