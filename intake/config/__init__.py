"""config.toml as typed settings: what the rest of the program imports of it."""

from intake.config.file import ConfigFile
from intake.config.loading import config_from, load_config
from intake.config.names import AGENCY_ROLES, CATEGORIES, NOTICES, OFFICE_ROLES
from intake.config.policies import Offset, Often, Policy, Step
from intake.config.servers import ImapOrMaildir, Outgoing, Server
from intake.config.tables import Category, Config, Database, Limits, Office
from intake.config.values import Section
from intake.config.web import Oidc, Web

__all__ = [
    "AGENCY_ROLES",
    "CATEGORIES",
    "NOTICES",
    "OFFICE_ROLES",
    "Category",
    "Config",
    "ConfigFile",
    "Database",
    "ImapOrMaildir",
    "Limits",
    "Office",
    "Offset",
    "Often",
    "Oidc",
    "Outgoing",
    "Policy",
    "Section",
    "Server",
    "Step",
    "Web",
    "config_from",
    "load_config",
]
