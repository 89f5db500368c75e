"""An index by report type and period: who of those that owe a report has a row already"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("obligation_period", "obligation", ["report_type_code", "period", "agency_code"])
