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
        "audit_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("first_bad", sa.BigInteger(), nullable=True),
        sa.Column("last_good", sa.BigInteger(), nullable=True),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_check")),
    )
    with op.batch_alter_table("audit_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_check_at"), ["at"], unique=False)

    op.create_table(
        "erasure",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("together_id", sa.Uuid(), nullable=True),
        sa.Column("keys_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("done_at IS NULL OR done_at >= at", name=op.f("ck_erasure_done_after")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_erasure_numbered")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_erasure")),
        sa.UniqueConstraint("child_id", name=op.f("uq_erasure_child_id")),
        sa.UniqueConstraint("id", name=op.f("uq_erasure_id")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_done_at"), ["done_at"], unique=False)

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
        "log_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told_late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_review")),
        sa.UniqueConstraint("monday", name=op.f("uq_log_review_monday")),
    )
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("right", sa.String(length=40), nullable=False),
        sa.Column("asker", sa.String(length=40), nullable=False),
        sa.Column("identity", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("together_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state = 'open')", name=op.f("ck_privacy_request_closed")
        ),
        sa.CheckConstraint("due_on >= received_on", name=op.f("ck_privacy_request_due")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
    )
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_privacy_request_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_privacy_request_state"), ["state"], unique=False)

    op.create_table(
        "retention_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_item")),
        sa.UniqueConstraint("child_id", "zone", name=op.f("uq_retention_item_child_id_zone")),
    )
    with op.batch_alter_table("retention_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_item_decision"), ["decision"], unique=False)

    op.create_table(
        "audit_break",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("first_bad", sa.BigInteger(), nullable=True),
        sa.Column("last_good", sa.BigInteger(), nullable=True),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("evidence", sa.String(length=100), nullable=False),
        sa.Column("first_by", sa.Uuid(), nullable=True),
        sa.Column("second_by", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "acknowledged_at IS NULL OR (first_by IS NOT NULL AND second_by IS NOT NULL)",
            name=op.f("ck_audit_break_acknowledged_by_two"),
        ),
        sa.CheckConstraint(
            "first_by IS NULL OR second_by <> first_by", name=op.f("ck_audit_break_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["first_by"],
            ["account.id"],
            name=op.f("fk_audit_break_first_by_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["second_by"],
            ["account.id"],
            name=op.f("fk_audit_break_second_by_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_break")),
        sa.UniqueConstraint("upto", name=op.f("uq_audit_break_upto")),
    )
    with op.batch_alter_table("audit_break", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_break_first_by"), ["first_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_break_second_by"), ["second_by"], unique=False)

    op.create_table(
        "factor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_in", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("material", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'passkey') = (credential_id IS NOT NULL)",
            name=op.f("ck_factor_passkey_has_credential"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_factor_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_factor_credential_id")),
    )
    with op.batch_alter_table("factor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_factor_account_id"), ["account_id"], unique=False)

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

    op.create_table(
        "log_review_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("pick", sa.String(length=40), nullable=False),
        sa.Column("many", sa.Integer(), nullable=True),
        sa.Column("judgement", sa.String(length=40), nullable=True),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(judgement IS NULL) = (judged_at IS NULL)", name=op.f("ck_log_review_item_judged")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_log_review_item_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["judged_by"],
            ["account.id"],
            name=op.f("fk_log_review_item_judged_by_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["log_review.id"],
            name=op.f("fk_log_review_item_review_id_log_review"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_review_item")),
    )
    with op.batch_alter_table("log_review_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_log_review_item_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_log_review_item_judged_by"), ["judged_by"], unique=False
        )
        batch_op.create_index(
            "uq_log_review_item_review_id_seq_pick", ["review_id", "seq", "pick"], unique=True
        )

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_recovery_code_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("hash", name=op.f("uq_recovery_code_hash")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_code_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("chapter", sa.String(length=40), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_statement_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_request_id"), ["request_id"], unique=False)

    op.create_table(
        "two_people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("about_account", sa.Uuid(), nullable=True),
        sa.Column("request_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "used_at IS NULL OR decision = 'approved'",
            name=op.f("ck_two_people_used_when_approved"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_by IS NULL)", name=op.f("ck_two_people_somebody_decides")
        ),
        sa.CheckConstraint(
            "about_account IS NULL OR decided_by IS NULL OR decided_by <> about_account",
            name=op.f("ck_two_people_not_about_oneself"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_two_people_second_person")
        ),
        sa.CheckConstraint("ends_at > asked_at", name=op.f("ck_two_people_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["about_account"],
            ["account.id"],
            name=op.f("fk_two_people_about_account_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["account.id"],
            name=op.f("fk_two_people_asked_by_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
            name=op.f("fk_two_people_decided_by_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_two_people")),
    )
    with op.batch_alter_table("two_people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_two_people_about_account"), ["about_account"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_two_people_asked_by"), ["asked_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_two_people_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_two_people_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index("ix_two_people_ends_at", ["ends_at"], unique=False)

    op.create_table(
        "emergency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("judged", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(verdict IS NULL) = (reviewed_at IS NULL)",
            name=op.f("ck_emergency_reviewed_with_verdict"),
        ),
        sa.CheckConstraint("ends_at > started_at", name=op.f("ck_emergency_ends_after_start")),
        sa.CheckConstraint(
            "reviewed_by IS NULL OR reviewed_by <> account_id",
            name=op.f("ck_emergency_not_by_oneself"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_emergency_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"],
            ["access_grant.id"],
            name=op.f("fk_emergency_grant_id_access_grant"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["account.id"],
            name=op.f("fk_emergency_reviewed_by_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency")),
    )
    with op.batch_alter_table("emergency", schema=None) as batch_op:
        batch_op.create_index(
            "ix_emergency_account_id_started_at", ["account_id", "started_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_emergency_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index(
            "ix_emergency_reviewed_at_review_by", ["reviewed_at", "review_by"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_emergency_reviewed_by"), ["reviewed_by"], unique=False)
        batch_op.create_index(
            "ix_emergency_stopped_at_ends_at", ["stopped_at", "ends_at"], unique=False
        )

    op.create_table(
        "leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("absent_id", sa.Uuid(), nullable=False),
        sa.Column("stand_in_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=True),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arranged_by", sa.Uuid(), nullable=True),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ends_at > begins_at", name=op.f("ck_leave_ends_after_start")),
        sa.CheckConstraint("stand_in_id <> absent_id", name=op.f("ck_leave_not_oneself")),
        sa.ForeignKeyConstraint(
            ["absent_id"],
            ["account.id"],
            name=op.f("fk_leave_absent_id_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["arranged_by"],
            ["account.id"],
            name=op.f("fk_leave_arranged_by_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["account.id"],
            name=op.f("fk_leave_ended_by_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"],
            ["access_grant.id"],
            name=op.f("fk_leave_grant_id_access_grant"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"],
            ["account.id"],
            name=op.f("fk_leave_stand_in_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.create_index("ix_leave_absent_id_ends_at", ["absent_id", "ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_leave_arranged_by"), ["arranged_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_leave_ended_by"), ["ended_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_leave_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index(
            "ix_leave_stand_in_id_ends_at", ["stand_in_id", "ends_at"], unique=False
        )

    op.create_table(
        "protection_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_protection_file_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["location.id"],
            name=op.f("fk_protection_file_location_id_location"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_file")),
    )
    with op.batch_alter_table("protection_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protection_file_child_id"), ["child_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_protection_file_location_id"), ["location_id"], unique=False
        )
        batch_op.create_index(
            "uq_protection_file_open",
            ["child_id", "location_id"],
            unique=True,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )

    op.create_table(
        "protection_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_protection_alert_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["protection_file.id"],
            name=op.f("fk_protection_alert_file_id_protection_file"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_alert")),
    )
    with op.batch_alter_table("protection_alert", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_protection_alert_child_id"), ["child_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_protection_alert_file_id"), ["file_id"], unique=False)

    op.create_table(
        "protection_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_protection_entry_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["protection_file.id"],
            name=op.f("fk_protection_entry_file_id_protection_file"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_entry")),
    )
    with op.batch_alter_table("protection_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_protection_entry_child_id"), ["child_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_protection_entry_file_id"), ["file_id"], unique=False)

    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("access_point", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("data_class", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("rule", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("emergency_ref", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("source", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("app_version", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("span_id", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("key_version", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("row_digests", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("audit_head", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hash", sa.LargeBinary(length=32), nullable=True))
        batch_op.add_column(sa.Column("at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("closed_until", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("level", sa.String(length=40), server_default="password", nullable=False)
        )
        batch_op.add_column(sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("challenge", sa.LargeBinary(length=64), nullable=True))
        batch_op.add_column(sa.Column("challenge_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_column("challenge_at")
        batch_op.drop_column("challenge")
        batch_op.drop_column("tries")
        batch_op.drop_column("proved_at")
        batch_op.drop_column("level")

    op.drop_column("audit_head", "closed_until")
    op.drop_column("audit_head", "at")
    op.drop_column("audit_head", "hash")

    op.drop_column("audit_event", "row_digests")
    op.drop_column("audit_event", "key_version")
    op.drop_column("audit_event", "span_id")
    op.drop_column("audit_event", "app_version")
    op.drop_column("audit_event", "source")
    op.drop_column("audit_event", "emergency_ref")
    op.drop_column("audit_event", "rule")
    op.drop_column("audit_event", "data_class")
    op.drop_column("audit_event", "access_point")
    op.drop_column("audit_event", "organisation")

    with op.batch_alter_table("protection_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protection_entry_file_id"))
        batch_op.drop_index(batch_op.f("ix_protection_entry_child_id"))

    op.drop_table("protection_entry")
    with op.batch_alter_table("protection_alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protection_alert_file_id"))
        batch_op.drop_index(batch_op.f("ix_protection_alert_child_id"))

    op.drop_table("protection_alert")
    with op.batch_alter_table("protection_file", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_protection_file_open",
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_protection_file_location_id"))
        batch_op.drop_index(batch_op.f("ix_protection_file_child_id"))

    op.drop_table("protection_file")
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.drop_index("ix_leave_stand_in_id_ends_at")
        batch_op.drop_index(batch_op.f("ix_leave_grant_id"))
        batch_op.drop_index(batch_op.f("ix_leave_ended_by"))
        batch_op.drop_index(batch_op.f("ix_leave_arranged_by"))
        batch_op.drop_index("ix_leave_absent_id_ends_at")

    op.drop_table("leave")
    with op.batch_alter_table("emergency", schema=None) as batch_op:
        batch_op.drop_index("ix_emergency_stopped_at_ends_at")
        batch_op.drop_index(batch_op.f("ix_emergency_reviewed_by"))
        batch_op.drop_index("ix_emergency_reviewed_at_review_by")
        batch_op.drop_index(batch_op.f("ix_emergency_grant_id"))
        batch_op.drop_index(batch_op.f("ix_emergency_child_id"))
        batch_op.drop_index("ix_emergency_account_id_started_at")

    op.drop_table("emergency")
    with op.batch_alter_table("two_people", schema=None) as batch_op:
        batch_op.drop_index("ix_two_people_ends_at")
        batch_op.drop_index(batch_op.f("ix_two_people_decided_by"))
        batch_op.drop_index(batch_op.f("ix_two_people_child_id"))
        batch_op.drop_index(batch_op.f("ix_two_people_asked_by"))
        batch_op.drop_index(batch_op.f("ix_two_people_about_account"))

    op.drop_table("two_people")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_request_id"))
        batch_op.drop_index(batch_op.f("ix_statement_child_id"))

    op.drop_table("statement")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_account_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("log_review_item", schema=None) as batch_op:
        batch_op.drop_index("uq_log_review_item_review_id_seq_pick")
        batch_op.drop_index(batch_op.f("ix_log_review_item_judged_by"))
        batch_op.drop_index(batch_op.f("ix_log_review_item_account_id"))

    op.drop_table("log_review_item")
    with op.batch_alter_table("linked_identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_identity_account_id"))

    op.drop_table("linked_identity")
    with op.batch_alter_table("first_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_first_key_account_id"))

    op.drop_table("first_key")
    with op.batch_alter_table("factor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_factor_account_id"))

    op.drop_table("factor")
    with op.batch_alter_table("audit_break", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_break_second_by"))
        batch_op.drop_index(batch_op.f("ix_audit_break_first_by"))

    op.drop_table("audit_break")
    with op.batch_alter_table("retention_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_item_decision"))

    op.drop_table("retention_item")
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_privacy_request_state"))
        batch_op.drop_index(batch_op.f("ix_privacy_request_child_id"))

    op.drop_table("privacy_request")
    op.drop_table("log_review")
    with op.batch_alter_table("known_origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_origin_seen_at"))

    op.drop_table("known_origin")
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_erasure_done_at"))

    op.drop_table("erasure")
    with op.batch_alter_table("audit_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_check_at"))

    op.drop_table("audit_check")
