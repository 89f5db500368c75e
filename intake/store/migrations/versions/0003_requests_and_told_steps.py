"""Requests for a later deadline, by which kind of notice a step was told, and what may have left in a crash"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("request", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_doubt", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("reminder_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notice", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE reminder_step SET notice = (SELECT notice.name FROM notice WHERE notice.id = reminder_step.notice_id)"
    )
