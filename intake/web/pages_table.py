"""The table of all pages: where each is found, who may see it, and to which part of the console it belongs."""

from intake.web import account, beginning, board, files, obligation
from intake.web.routing import Page

PAGES: tuple[Page, ...] = (
    Page("/static/{digest}/{name}", files.static_file, "anyone"),
    Page("/language/{language}", beginning.choose_language, "anyone"),
    Page("/", beginning.begin, "viewer"),
    Page("/board", board.show, "viewer", area="board"),
    Page("/obligation", obligation.show, "viewer", area="board"),
    Page("/obligation/receive", obligation.receive_otherwise, "officer", "POST", area="board"),
    Page("/obligation/extend", obligation.extend_deadline, "officer", "POST", area="board"),
    Page("/obligation/waive", obligation.waive_report, "officer", "POST", area="board"),
    Page("/obligation/undo/{event}", obligation.undo, "officer", "POST", area="board"),
    Page("/account", account.show, "viewer", area="account"),
    Page("/account/password", account.change_password, "viewer", "POST", area="account"),
)
