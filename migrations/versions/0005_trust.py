"""Keep the trust: what part 4 needs."""

import sqlalchemy as sa
from alembic import op

revision = "0005_trust"
down_revision = "0004_lists_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "known_origin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_origin")),
        sa.UniqueConstraint("key", name=op.f("uq_known_origin_key")),
    )
    with op.batch_alter_table("known_origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_origin_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "first_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_first_key_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_first_key_token_hash")),
    )
    with op.batch_alter_table("first_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_first_key_account_id"), ["account_id"], unique=False)

    op.create_table(
        "linked_identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("subject_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_linked_identity_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_identity")),
        sa.UniqueConstraint("subject_index", name=op.f("uq_linked_identity_subject_index")),
    )
    with op.batch_alter_table("linked_identity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_linked_identity_account_id"), ["account_id"], unique=False
        )


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("linked_identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_identity_account_id"))

    op.drop_table("linked_identity")
    with op.batch_alter_table("first_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_first_key_account_id"))

    op.drop_table("first_key")
    with op.batch_alter_table("known_origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_origin_seen_at"))

    op.drop_table("known_origin")
