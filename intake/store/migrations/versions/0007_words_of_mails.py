"""The words of each mail, without marks, and each engine's own index of them"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from intake.rules.language.searching import words_of

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# An index outlives the table that it is of, where a backup is put back.
SQLITE = (
    "DROP TABLE IF EXISTS mail_words_index",
    "CREATE VIRTUAL TABLE mail_words_index USING fts5(words, content='mail_words', content_rowid='message_id')",
    "CREATE TRIGGER mail_words_added AFTER INSERT ON mail_words BEGIN "
    "INSERT INTO mail_words_index(rowid, words) VALUES (new.message_id, new.words); END",
    "CREATE TRIGGER mail_words_removed AFTER DELETE ON mail_words BEGIN "
    "INSERT INTO mail_words_index(mail_words_index, rowid, words) VALUES ('delete', old.message_id, old.words); END",
    "CREATE TRIGGER mail_words_changed AFTER UPDATE ON mail_words BEGIN "
    "INSERT INTO mail_words_index(mail_words_index, rowid, words) VALUES ('delete', old.message_id, old.words); "
    "INSERT INTO mail_words_index(rowid, words) VALUES (new.message_id, new.words); END",
)
POSTGRESQL = ("CREATE INDEX mail_words_index ON mail_words USING gin (to_tsvector('simple', words))",)


def upgrade() -> None:
    words = op.create_table(
        "mail_words",
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id"),
    )
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    for row in connection.execute(sa.text("SELECT id, sender, subject, opening, disposition FROM message")).all():
        texts = [row.sender, *([] if row.disposition == "quarantined" else _texts(connection, row))]
        connection.execute(words.insert(), {"message_id": row.id, "words": words_of(*texts)})


def _texts(connection: sa.Connection, row: Any) -> list[str]:
    """What was kept of the mails that came before."""
    documents = connection.execute(
        sa.text("SELECT filename, text FROM document WHERE message_id = :id ORDER BY position"), {"id": row.id}
    )
    return [row.subject, row.opening or "", *(part or "" for document in documents for part in document)]
