"""config.toml as typed settings: what the rest of the program imports of it."""

from intake.config.loading import config_from, load_config
from intake.config.names import AGENCY_ROLES, CATEGORIES, NOTICES, OFFICE_ROLES
from intake.config.policies import Offset, Often, Policy, Step
from intake.config.servers import ImapOrMaildir, Outgoing, Server
from intake.config.tables import Category, Config, Database, Limits, Office
from intake.config.values import Section

__all__ = [
    "AGENCY_ROLES",
    "CATEGORIES",
    "NOTICES",
    "OFFICE_ROLES",
    "Category",
    "Config",
    "Database",
    "ImapOrMaildir",
    "Limits",
    "Office",
    "Offset",
    "Often",
    "Outgoing",
    "Policy",
    "Section",
    "Server",
    "Step",
    "config_from",
    "load_config",
]
