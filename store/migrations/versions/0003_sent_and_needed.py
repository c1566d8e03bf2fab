"""How much each sender has sent on a day, and which version of the program a unit of work needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TENANT = "current_setting('dossier.tenant', true)"
_OWN_TENANT = f"({_TENANT} = '*' OR tenant = {_TENANT})"


def upgrade() -> None:
    """Add the table and the column; work that is there needs no version."""
    op.add_column("work", sa.Column("needs", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "sent",
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "sender", "day", name="pk_sent"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE sent ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE sent FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON sent USING ({_OWN_TENANT}) WITH CHECK ({_OWN_TENANT})")
