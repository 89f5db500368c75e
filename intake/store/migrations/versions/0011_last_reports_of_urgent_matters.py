"""Which mail says that it is the last one of its urgent matter: no report of the day is asked for after it"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("incident_report") as report:
        report.add_column(sa.Column("is_last", sa.Boolean(), nullable=False, server_default=sa.false()))
