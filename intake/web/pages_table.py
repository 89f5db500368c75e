"""The table of all pages: where each is found, who may see it, and to which part of the console it belongs."""

from intake.web import account, beginning, board, files, mail_parts, mails, obligation, review
from intake.web.office_pages import OFFICE_PAGES
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
    Page("/review", review.show_queue, "viewer", area="review"),
    Page("/review/learnt", review.show_learnt, "officer", area="review"),
    Page("/review/learnt/settle", review.settle_learnt, "officer", "POST", area="review"),
    Page("/review/{id:int}", review.show, "viewer", area="review"),
    Page("/review/{id:int}/accept", review.accept_as, "officer", "POST", area="review"),
    Page("/review/{id:int}/dismiss", review.dismiss_it, "officer", "POST", area="review"),
    Page("/review/{id:int}/incident", review.mark_as_incident, "officer", "POST", area="review"),
    Page("/review/{id:int}/request", review.answer_request, "officer", "POST", area="review"),
    Page("/review/{id:int}/replay", review.try_again, "officer", "POST", area="review"),
    Page("/review/{id:int}/undo", review.undo, "officer", "POST", area="review"),
    Page("/mail", mails.show_list, "viewer", area="mail"),
    Page("/mail/{id:int}", mails.show, "viewer", area="mail"),
    Page("/mail/{id:int}/reopen", mails.reopen_it, "officer", "POST", area="mail"),
    Page("/mail/{id:int}/correct", mails.correct_it, "officer", "POST", area="mail"),
    Page("/mail/{id:int}/undo", mails.undo_it, "officer", "POST", area="mail"),
    Page("/mail/{id:int}/body", mail_parts.framed_body, "viewer", area="mail"),
    Page("/mail/{id:int}/original", mail_parts.whole_mail, "viewer", area="mail"),
    Page("/mail/{id:int}/document/{number:int}", mail_parts.one_attachment, "viewer", area="mail"),
    Page("/mail/{id:int}/document/{number:int}/page/{page:int}", mail_parts.page_picture, "viewer", area="mail"),
    *OFFICE_PAGES,
    Page("/account", account.show, "viewer", area="account"),
    Page("/account/password", account.change_password, "viewer", "POST", area="account"),
)
