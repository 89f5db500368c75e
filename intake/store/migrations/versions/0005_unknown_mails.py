"""How many mails each mailbox holds that are not known; what came back is found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CAME_BACK = sa.text("bounced_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("cursor", schema=None) as cursor:
        cursor.add_column(sa.Column("unknown", sa.Integer(), nullable=False, server_default="0"))
        cursor.add_column(sa.Column("unknown_since", sa.DateTime(timezone=True), nullable=True))
        cursor.add_column(sa.Column("gone", sa.Integer(), nullable=False, server_default="0"))
        cursor.add_column(sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("notice_bounced", "notice", ["bounced_at"], sqlite_where=CAME_BACK, postgresql_where=CAME_BACK)
