"""The lines of the table of pages for whoever runs the office."""

from intake.web import calendar_feed, outgoing, registry, service_health, statistics, templates
from intake.web.routing import Page

OFFICE_PAGES: tuple[Page, ...] = (
    Page("/outgoing", outgoing.show_list, "viewer", area="outgoing"),
    Page("/outgoing/pause", outgoing.pause_all, "officer", "POST", area="outgoing"),
    Page("/outgoing/resume", outgoing.resume_all, "officer", "POST", area="outgoing"),
    Page("/outgoing/{id:int}", outgoing.show, "viewer", area="outgoing"),
    Page("/outgoing/{id:int}/html", outgoing.framed_html, "viewer", area="outgoing"),
    Page("/outgoing/{id:int}/original", outgoing.original, "viewer", area="outgoing"),
    Page("/outgoing/{id:int}/retry", outgoing.try_again, "officer", "POST", area="outgoing"),
    Page("/outgoing/{id:int}/settle", outgoing.settle, "officer", "POST", area="outgoing"),
    Page("/templates", templates.show_list, "viewer", area="templates"),
    Page("/templates/edit/{language}/{name:path}", templates.edit, "viewer", area="templates"),
    Page("/templates/save/{language}/{name:path}", templates.save, "admin", "POST", area="templates"),
    Page("/templates/preview/{language}/{name:path}", templates.show_preview, "viewer", area="templates"),
    Page("/templates/preview/{language}/{name:path}", templates.show_preview, "officer", "POST", area="templates"),
    Page("/templates/test/{language}/{name:path}", templates.send_trial, "officer", "POST", area="templates"),
    Page("/templates/history/{language}/{name:path}", templates.show_history, "viewer", area="templates"),
    Page("/templates/restore/{language}/{name:path}", templates.restore, "admin", "POST", area="templates"),
    Page("/registry", registry.show, "viewer", area="registry"),
    Page("/registry/export", registry.export, "viewer", area="registry"),
    Page("/registry/upload", registry.upload, "admin", "POST", "registry", registry.MOST_UPLOADED),
    Page("/registry/confirm", registry.take_over, "admin", "POST", area="registry"),
    Page("/registry/agency/{code}", registry.show_agency, "viewer", area="registry"),
    Page("/registry/agency/{code}/feed", registry.renew_link, "officer", "POST", area="registry"),
    Page("/registry/type/{code}", registry.show_type, "viewer", area="registry"),
    Page("/feed/{token}.ics", calendar_feed.show, "anyone"),
    Page("/health", service_health.show, "viewer", area="health"),
    Page("/health", service_health.try_all, "officer", "POST", area="health"),
    Page("/statistics", statistics.show, "viewer", area="statistics"),
    Page("/statistics/workbook", statistics.workbook, "viewer", area="statistics"),
)
