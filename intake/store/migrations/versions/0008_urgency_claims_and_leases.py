"""What is urgent comes first; which daemon has what in hand; leases of mailboxes and of the clockwork"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("claimed_by", sa.String(), nullable=True))
        batch_op.drop_index("message_waiting")
        batch_op.create_index("message_in_line", ["status", "rank", "id"])
        batch_op.create_index(batch_op.f("ix_message_claimed_by"), ["claimed_by"])
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claimed_by", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_notice_claimed_by"), ["claimed_by"])
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(op.f("ix_lease_holder"), "lease", ["holder"])
