"""Keep every promise: what part 2 needs."""

import sqlalchemy as sa
from alembic import op

revision = "0003_every_promise"
down_revision = "0002_guards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "huey_counter",
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("queue", "key", name=op.f("pk_huey_counter")),
    )
    op.create_table(
        "huey_kv",
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("queue", "key", name=op.f("pk_huey_kv")),
    )
    op.create_table(
        "huey_schedule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("timestamp", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_huey_schedule")),
    )
    with op.batch_alter_table("huey_schedule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_huey_schedule_queue_timestamp"), ["queue", "timestamp"], unique=False
        )

    op.create_table(
        "huey_task",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("priority", sa.Float(precision=53), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_huey_task")),
    )
    with op.batch_alter_table("huey_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_huey_task_queue_priority_id"), ["queue", "priority", "id"], unique=False
        )

    op.create_table(
        "job_turn",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_job_turn")),
    )
    op.create_table(
        "limit_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_set")),
    )
    op.create_table(
        "alert_turn",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_alert_turn_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("child_id", name=op.f("pk_alert_turn")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("serious", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_doubt", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.String(length=40), nullable=True),
        sa.Column("reply", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("serious <= total", name=op.f("ck_letter_serious_are_part")),
        sa.CheckConstraint("total > 0", name=op.f("ck_letter_says_something")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_letter_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(
            "ix_letter_account_id_made_at", ["account_id", "made_at"], unique=False
        )
        batch_op.create_index("ix_letter_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "load_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("owner_account_id", sa.Uuid(), nullable=True),
        sa.Column("owner_desk", sa.String(length=40), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR (owner_account_id IS NULL) <> (owner_desk IS NULL)",
            name=op.f("ck_load_alert_one_owner"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"],
            ["account.id"],
            name=op.f("fk_load_alert_owner_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load_alert")),
        sa.UniqueConstraint("rule", "subject_id", name=op.f("uq_load_alert_rule_subject_id")),
    )
    with op.batch_alter_table("load_alert", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_load_alert_owner_account_id"), ["owner_account_id"], unique=False
        )

    op.create_table(
        "mailbox",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_to", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_mailbox_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_mailbox")),
    )
    op.create_table(
        "sent_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_sent_form_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_form")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_sent_form_account_id_key")),
    )
    op.create_table(
        "move_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("closes_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["closes_id"],
            ["location.id"],
            name=op.f("fk_move_list_closes_id_location"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["account.id"],
            name=op.f("fk_move_list_made_by_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_list")),
    )
    with op.batch_alter_table("move_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_move_list_closes_id"), ["closes_id"], unique=False)
        batch_op.create_index("ix_move_list_made_by", ["made_by"], unique=False)

    op.create_table(
        "provider_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("care_line_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["care_line_id", "child_id"],
            ["care_line.id", "care_line.child_id"],
            name=op.f("fk_provider_answer_care_line_id_child_id_care_line"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_answer")),
    )
    with op.batch_alter_table("provider_answer", schema=None) as batch_op:
        batch_op.create_index("ix_provider_answer_care_line_id", ["care_line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_provider_answer_child_id"), ["child_id"], unique=False)

    op.create_table(
        "best_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transfer_id", "child_id"],
            ["transfer.id", "transfer.child_id"],
            name=op.f("fk_best_decision_transfer_id_child_id_transfer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_best_decision")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_best_decision_transfer_id")),
    )
    with op.batch_alter_table("best_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_best_decision_child_id"), ["child_id"], unique=False)

    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=20), nullable=True),
        sa.Column("placed_by", sa.Uuid(), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.String(length=40), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name=op.f("ck_hold_ended")),
        sa.ForeignKeyConstraint(
            ["transfer_id", "child_id"],
            ["transfer.id", "transfer.child_id"],
            name=op.f("fk_hold_transfer_id_child_id_transfer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_child_id"), ["child_id"], unique=False)
        batch_op.create_index("ix_hold_transfer_id", ["transfer_id"], unique=False)

    op.create_table(
        "move_list_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("to_location_id", sa.Uuid(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_move_list_row_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["move_list.id"],
            name=op.f("fk_move_list_row_list_id_move_list"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["to_location_id"],
            ["location.id"],
            name=op.f("fk_move_list_row_to_location_id_location"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_list_row")),
        sa.UniqueConstraint("list_id", "child_id", name=op.f("uq_move_list_row_list_id_child_id")),
    )
    with op.batch_alter_table("move_list_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_move_list_row_child_id"), ["child_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_move_list_row_to_location_id"), ["to_location_id"], unique=False
        )

    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["account.id"], name=op.f("fk_message_by_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"],
            ["promise.id"],
            name=op.f("fk_message_promise_id_promise"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id", "child_id"],
            ["transfer.id", "transfer.child_id"],
            name=op.f("fk_message_transfer_id_child_id_transfer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_by"), ["by"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_promise_id"), ["promise_id"], unique=False)
        batch_op.create_index("ix_message_transfer_id_at", ["transfer_id", "at"], unique=False)

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mistaken_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("alert_spell", schema=None) as batch_op:
        batch_op.create_index("ix_alert_spell_closed_at", ["closed_at"], unique=False)
        batch_op.create_index(
            "uq_alert_spell_going_on",
            ["alert_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    with op.batch_alter_table("alert_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spell", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("severity", sa.String(length=40), nullable=True))
        batch_op.create_index(
            "uq_alert_step_climbed",
            ["alert_id", "spell"],
            unique=True,
            sqlite_where=sa.text("what = 'climbed'"),
            postgresql_where=sa.text("what = 'climbed'"),
        )

    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("refused_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("facts", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("object_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("severity", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("letter_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("handed_up_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("child_id", existing_type=sa.CHAR(length=32), nullable=True)
        batch_op.create_index(
            "ix_notice_handed_up_at_severity_at", ["handed_up_at", "severity", "at"], unique=False
        )
        batch_op.create_index("ix_notice_letter_id", ["letter_id"], unique=False)
        batch_op.create_index(
            "ix_notice_mailed_at_account_id", ["mailed_at", "account_id"], unique=False
        )
        batch_op.create_index(
            "uq_notice_account_id_event_object_id_spell",
            ["account_id", "event", "object_id", "spell"],
            unique=True,
        )

    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.create_index(
            "uq_promise_transfer_id_source", ["transfer_id", "source"], unique=True
        )


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index("uq_promise_transfer_id_source")
        batch_op.drop_column("withdrawn_on")
        batch_op.drop_column("source")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("uq_notice_account_id_event_object_id_spell")
        batch_op.drop_index("ix_notice_mailed_at_account_id")
        batch_op.drop_index("ix_notice_letter_id")
        batch_op.drop_index("ix_notice_handed_up_at_severity_at")
        batch_op.alter_column("child_id", existing_type=sa.CHAR(length=32), nullable=False)
        batch_op.drop_column("handed_up_at")
        batch_op.drop_column("letter_id")
        batch_op.drop_column("mailed_at")
        batch_op.drop_column("severity")
        batch_op.drop_column("object_id")

    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_column("facts")
        batch_op.drop_column("refused_by")
        batch_op.drop_column("refused_at")
        batch_op.drop_column("missed_at")
        batch_op.drop_column("due_at")

    with op.batch_alter_table("alert_step", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_alert_step_climbed",
            sqlite_where=sa.text("what = 'climbed'"),
            postgresql_where=sa.text("what = 'climbed'"),
        )
        batch_op.drop_column("severity")
        batch_op.drop_column("spell")

    with op.batch_alter_table("alert_spell", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_alert_spell_going_on",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_alert_spell_closed_at")

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_column("mistaken_at")

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_transfer_id_at")
        batch_op.drop_index(batch_op.f("ix_message_promise_id"))
        batch_op.drop_index(batch_op.f("ix_message_child_id"))
        batch_op.drop_index(batch_op.f("ix_message_by"))

    op.drop_table("message")
    with op.batch_alter_table("move_list_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_move_list_row_to_location_id"))
        batch_op.drop_index(batch_op.f("ix_move_list_row_child_id"))

    op.drop_table("move_list_row")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index("ix_hold_transfer_id")
        batch_op.drop_index(batch_op.f("ix_hold_child_id"))

    op.drop_table("hold")
    with op.batch_alter_table("best_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_best_decision_child_id"))

    op.drop_table("best_decision")
    with op.batch_alter_table("provider_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_answer_child_id"))
        batch_op.drop_index("ix_provider_answer_care_line_id")

    op.drop_table("provider_answer")
    with op.batch_alter_table("move_list", schema=None) as batch_op:
        batch_op.drop_index("ix_move_list_made_by")
        batch_op.drop_index(batch_op.f("ix_move_list_closes_id"))

    op.drop_table("move_list")
    op.drop_table("sent_form")
    op.drop_table("mailbox")
    with op.batch_alter_table("load_alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_load_alert_owner_account_id"))

    op.drop_table("load_alert")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_state_due_at")
        batch_op.drop_index("ix_letter_account_id_made_at")

    op.drop_table("letter")
    op.drop_table("alert_turn")
    op.drop_table("limit_set")
    op.drop_table("job_turn")
    with op.batch_alter_table("huey_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_huey_task_queue_priority_id"))

    op.drop_table("huey_task")
    with op.batch_alter_table("huey_schedule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_huey_schedule_queue_timestamp"))

    op.drop_table("huey_schedule")
    op.drop_table("huey_kv")
    op.drop_table("huey_counter")
