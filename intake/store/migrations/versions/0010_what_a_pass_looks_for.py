"""Indexes for what each pass, mail, reply and digest asks for: none may cost more as mails pile up"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("notice_sent", "notice", ["sent_at"])
    op.create_index("ix_notice_reference", "notice", ["reference"])
    op.create_index("ix_submission_received_at", "submission", ["received_at"])
