"""Let lists in: what part 3 needs."""

import sqlalchemy as sa
from alembic import op

revision = "0004_lists_in"
down_revision = "0003_every_promise"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "gap",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_gap_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("child_id", "fact", "rule", "record_id", name=op.f("pk_gap")),
    )
    op.create_table(
        "list_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("clear_values", sa.JSON(), nullable=False),
        sa.Column("sealed_values", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["list_run.id"],
            name=op.f("fk_list_change_run_id_list_run"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_change")),
    )
    with op.batch_alter_table("list_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_change_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_change_run_id"), ["run_id"], unique=False)

    op.create_table(
        "list_child",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["list_run.id"],
            name=op.f("fk_list_child_run_id_list_run"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("run_id", "child_id", name=op.f("pk_list_child")),
    )
    with op.batch_alter_table("list_child", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_child_child_id"), ["child_id"], unique=False)

    op.create_table(
        "list_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["list_run.id"], name=op.f("fk_list_file_id_list_run"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_file")),
    )
    op.create_table(
        "list_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("takeable", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["list_run.id"],
            name=op.f("fk_list_row_run_id_list_run"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_row")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_list_row_run_id_number")),
    )
    op.create_table(
        "told",
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_told_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_told_alert_id_alert"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_told_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("alert_id", "account_id", name=op.f("pk_told")),
    )
    with op.batch_alter_table("told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_told_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_told_child_id"), ["child_id"], unique=False)

    op.create_table(
        "bundled",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("critical", sa.Integer(), nullable=False),
        sa.Column("warning", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "critical + warning + notice + other > 0", name=op.f("ck_bundled_holds_some")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
            name=op.f("fk_bundled_notice_id_notice"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_bundled")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("alerts", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("serious_alerts", sa.Integer(), server_default="0", nullable=False)
        )

    with op.batch_alter_table("list_run", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("state", sa.String(length=40), server_default="applied", nullable=False)
        )
        batch_op.add_column(sa.Column("region", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("stage", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("done", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("total", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claim", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("error", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("seq_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("undone_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("key_gone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("facts", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_object_id", ["object_id"], unique=False)


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_object_id")

    with op.batch_alter_table("list_run", schema=None) as batch_op:
        batch_op.drop_column("facts")
        batch_op.drop_column("key_gone_at")
        batch_op.drop_column("undone_by")
        batch_op.drop_column("undone_at")
        batch_op.drop_column("seq_at")
        batch_op.drop_column("applied_at")
        batch_op.drop_column("error")
        batch_op.drop_column("leased_until")
        batch_op.drop_column("claim")
        batch_op.drop_column("total")
        batch_op.drop_column("done")
        batch_op.drop_column("stage")
        batch_op.drop_column("region")
        batch_op.drop_column("state")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("serious_alerts")
        batch_op.drop_column("alerts")

    op.drop_table("bundled")
    with op.batch_alter_table("told", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_told_child_id"))
        batch_op.drop_index(batch_op.f("ix_told_account_id"))

    op.drop_table("told")
    op.drop_table("list_row")
    op.drop_table("list_file")
    with op.batch_alter_table("list_child", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_child_child_id"))

    op.drop_table("list_child")
    with op.batch_alter_table("list_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_change_run_id"))
        batch_op.drop_index(batch_op.f("ix_list_change_child_id"))

    op.drop_table("list_change")
    op.drop_table("gap")
