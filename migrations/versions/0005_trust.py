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
            ["child_id"],
            ["child.id"],
            name=op.f("fk_two_people_child_id_child"),
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
            ["child_id"],
            ["child.id"],
            name=op.f("fk_emergency_child_id_child"),
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


def downgrade() -> None:
    """Take the step back."""
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
    with op.batch_alter_table("linked_identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_identity_account_id"))

    op.drop_table("linked_identity")
    with op.batch_alter_table("first_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_first_key_account_id"))

    op.drop_table("first_key")
    with op.batch_alter_table("retention_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_item_decision"))

    op.drop_table("retention_item")
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_privacy_request_state"))
        batch_op.drop_index(batch_op.f("ix_privacy_request_child_id"))

    op.drop_table("privacy_request")
    with op.batch_alter_table("known_origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_origin_seen_at"))

    op.drop_table("known_origin")
