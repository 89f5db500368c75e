"""Notices to mails' words: subject, text and HTML, from templates that the office may change while the daemon runs."""

from intake.rendering.renderer import Renderer
from intake.rendering.sources import shipped_templates
from intake.rendering.templates import LANGUAGES, Problem, Rendered, TemplateError

__all__ = ["LANGUAGES", "Problem", "Rendered", "Renderer", "TemplateError", "shipped_templates"]
