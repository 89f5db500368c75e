"""Decisions can be taken back: what a person withdraws keeps its row, and the first arrival is kept"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.add_column("obligation", sa.Column("first_received_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("message", sa.Column("opening", sa.Text(), nullable=True))
    op.add_column("incident_report", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    # SQLite does not name what the first schema left unnamed; PostgreSQL does, in its own way.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    unique = "uq_submission_obligation_id_version" if is_sqlite else "submission_obligation_id_version_key"
    conventions = {"uq": "uq_%(table_name)s_%(column_0_N_name)s"}
    with op.batch_alter_table("submission", naming_convention=conventions) as submission:
        submission.drop_constraint(unique, type_="unique")
        submission.add_column(sa.Column("brought", sa.JSON(), nullable=True))
        submission.add_column(sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True))
        submission.add_column(sa.Column("replaces", sa.Boolean(), nullable=True))
        submission.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "submission_in_force",
        "submission",
        ["obligation_id", "version"],
        unique=True,
        sqlite_where=WHOLE,
        postgresql_where=WHOLE,
    )
    op.execute(
        "UPDATE obligation SET first_received_at = "
        "(SELECT MIN(received_at) FROM submission WHERE submission.obligation_id = obligation.id)"
    )
