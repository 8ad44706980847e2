"""Begin with the whole house: every table of part 1, and the places of what comes later."""

import sqlalchemy as sa
from alembic import op

revision = "0001_begin"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("initial_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reachable", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_index", name=op.f("uq_account_email_index")),
    )
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=60), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("on_behalf_of", sa.Uuid(), nullable=True),
        sa.Column("session_ref", sa.String(length=64), nullable=True),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("object", sa.String(length=60), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("fields", sa.String(length=1000), nullable=True),
        sa.Column("grant_id", sa.Uuid(), nullable=True),
        sa.Column("route", sa.String(length=200), nullable=True),
        sa.Column("trace_id", sa.String(length=64), nullable=True),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("id", name=op.f("uq_audit_event_id")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_account_id_at", ["account_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_event_child_id_at", ["child_id", "at"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "child",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("v_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("twin_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("family_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
        sa.UniqueConstraint("id", "no", name=op.f("uq_child_id_no")),
        sa.UniqueConstraint("no", name=op.f("uq_child_no")),
        sa.UniqueConstraint("v_index", name=op.f("uq_child_v_index")),
    )
    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_family_index"), ["family_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_child_twin_index"), ["twin_index"], unique=False)

    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "list_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_kind", sa.String(length=40), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_run")),
    )
    op.create_table(
        "past",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("clear_values", sa.JSON(), nullable=False),
        sa.Column("sealed_values", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past")),
    )
    with op.batch_alter_table("past", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_child_id"), ["child_id"], unique=False)
        batch_op.create_index("ix_past_table_name_row_id", ["table_name", "row_id"], unique=False)

    op.create_table(
        "school",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("brin", sa.String(length=6), nullable=True),
        sa.Column("municipality", sa.String(length=6), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("brin", name=op.f("uq_school_brin")),
    )
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_municipality"), ["municipality"], unique=False)

    op.create_table(
        "throttle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_throttle")),
        sa.UniqueConstraint("key", "opened_at", name=op.f("uq_throttle_key_opened_at")),
    )
    with op.batch_alter_table("throttle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_throttle_key"), ["key"], unique=False)

    op.create_table(
        "watermark",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_watermark")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_absence_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_child_id"), ["child_id"], unique=False)

    op.create_table(
        "absence_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_absence_report_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_report")),
    )
    with op.batch_alter_table("absence_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_report_child_id"), ["child_id"], unique=False)

    op.create_table(
        "access_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("scope_kind", sa.String(length=40), nullable=False),
        sa.Column("scope_id", sa.String(length=40), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> account_id",
            name=op.f("ck_access_grant_not_approved_for_oneself"),
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR asked_by IS NULL OR approved_by <> asked_by",
            name=op.f("ck_access_grant_two_people"),
        ),
        sa.CheckConstraint(
            "asked_by IS NULL OR asked_by <> account_id",
            name=op.f("ck_access_grant_not_asked_for_oneself"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from",
            name=op.f("ck_access_grant_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_access_grant_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["account.id"],
            name=op.f("fk_access_grant_approved_by_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["account.id"],
            name=op.f("fk_access_grant_asked_by_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_grant")),
    )
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.create_index(
            "ix_access_grant_account_id_valid_from", ["account_id", "valid_from"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_access_grant_approved_by"), ["approved_by"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_access_grant_asked_by"), ["asked_by"], unique=False)

    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("region", sa.String(length=10), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("owner_account_id", sa.Uuid(), nullable=True),
        sa.Column("owner_desk", sa.String(length=40), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("put_off_until", sa.Date(), nullable=True),
        sa.Column("put_off_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR (owner_account_id IS NULL) <> (owner_desk IS NULL)",
            name=op.f("ck_alert_one_owner"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_alert_child_id_child"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"],
            ["account.id"],
            name=op.f("fk_alert_owner_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint(
            "child_id", "rule", "subject", name=op.f("uq_alert_child_id_rule_subject")
        ),
        sa.UniqueConstraint("id", "child_id", name=op.f("uq_alert_id_child_id")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(
            "ix_alert_open",
            ["child_id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_alert_owner_account_id",
            ["owner_account_id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_alert_owner_desk",
            ["owner_desk"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "audit_event_child",
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"],
            ["audit_event.seq"],
            name=op.f("fk_audit_event_child_seq_audit_event"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("seq", "child_id", name=op.f("pk_audit_event_child")),
    )
    with op.batch_alter_table("audit_event_child", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_event_child_child_id"), ["child_id"], unique=False
        )

    op.create_table(
        "care_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("continues_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("needs", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "continues_id IS NULL OR continues_id <> id", name=op.f("ck_care_line_not_itself")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_care_line_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["continues_id", "child_id"],
            ["care_line.id", "care_line.child_id"],
            name=op.f("fk_care_line_continues_id_child_id_care_line"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_line")),
        sa.UniqueConstraint("id", "child_id", name=op.f("uq_care_line_id_child_id")),
    )
    with op.batch_alter_table("care_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_line_child_id"), ["child_id"], unique=False)
        batch_op.create_index("ix_care_line_continues_id", ["continues_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_consent_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_child_id"), ["child_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_contact_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index("ix_contact_child_id_on", ["child_id", "on_day"], unique=False)

    op.create_table(
        "guardianship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("child_no", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on >= from_on", name=op.f("ck_guardianship_period")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_guardianship_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["child_id", "child_no"],
            ["child.id", "child.no"],
            name=op.f("fk_guardianship_child_id_child_no_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianship")),
    )
    with op.batch_alter_table("guardianship", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_guardianship_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            "ix_guardianship_child_id_from_on", ["child_id", "from_on"], unique=False
        )

    op.create_table(
        "location",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("operator", sa.String(length=40), nullable=False),
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("group_size", sa.Integer(), nullable=True),
        sa.Column("open_from", sa.Date(), nullable=True),
        sa.Column("open_to", sa.Date(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("contact_account_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "open_to IS NULL OR open_from IS NULL OR open_to >= open_from",
            name=op.f("ck_location_open_period"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_account_id"],
            ["account.id"],
            name=op.f("fk_location_contact_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("code", name=op.f("uq_location_code")),
    )
    with op.batch_alter_table("location", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_location_contact_account_id"), ["contact_account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_location_region"), ["region"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_meeting_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_child_id"), ["child_id"], unique=False)

    op.create_table(
        "observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("child_view", sa.LargeBinary(), nullable=True),
        sa.Column("interpretation", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_observation_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index("ix_observation_child_id_on", ["child_id", "on_day"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_plan_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_child_id"), ["child_id"], unique=False)

    op.create_table(
        "reach",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("sees", sa.String(length=40), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("region", sa.String(length=10), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("desk", sa.String(length=20), nullable=True),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until_at IS NULL OR until_at >= from_at", name=op.f("ck_reach_period")),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_reach_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reach")),
    )
    with op.batch_alter_table("reach", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reach_account_id_child_id", ["account_id", "child_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reach_child_id"), ["child_id"], unique=False)
        batch_op.create_index("ix_reach_desk_child_id", ["desk", "child_id"], unique=False)
        batch_op.create_index(
            "ix_reach_location_id_child_id", ["location_id", "child_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reach_origin_id"), ["origin_id"], unique=False)
        batch_op.create_index("ix_reach_region_child_id", ["region", "child_id"], unique=False)

    op.create_table(
        "relative",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("relative_child_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "relative_child_id IS NULL OR relative_child_id <> child_id",
            name=op.f("ck_relative_not_oneself"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_relative_child_id_child"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["relative_child_id"],
            ["child.id"],
            name=op.f("fk_relative_relative_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative")),
    )
    with op.batch_alter_table("relative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relative_child_id"), ["child_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_relative_relative_child_id"), ["relative_child_id"], unique=False
        )

    op.create_table(
        "responsible",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("child_no", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_responsible_period")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_responsible_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["child_id", "child_no"],
            ["child.id", "child.no"],
            name=op.f("fk_responsible_child_id_child_no_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsible")),
    )
    with op.batch_alter_table("responsible", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_responsible_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_responsible_child_id_from_on", ["child_id", "from_on"], unique=False
        )

    op.create_table(
        "runway",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_runway_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runway")),
        sa.UniqueConstraint("child_id", name=op.f("uq_runway_child_id")),
    )
    op.create_table(
        "school_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_school_record_child_id_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_record")),
    )
    with op.batch_alter_table("school_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_record_child_id"), ["child_id"], unique=False)

    op.create_table(
        "support",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("worker_account_id", sa.Uuid(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_support_period")),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_support_child_id_child"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["worker_account_id"],
            ["account.id"],
            name=op.f("fk_support_worker_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index("ix_support_child_id_from_on", ["child_id", "from_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_support_worker_account_id"), ["worker_account_id"], unique=False
        )

    op.create_table(
        "user_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_user_session_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_user_session_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "whereabouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("child_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_whereabouts_period")),
        sa.ForeignKeyConstraint(
            ["child_id", "child_no"],
            ["child.id", "child.no"],
            name=op.f("fk_whereabouts_child_id_child_no_child"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whereabouts")),
    )
    with op.batch_alter_table("whereabouts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_whereabouts_child_id_from_on", ["child_id", "from_on"], unique=False
        )

    op.create_table(
        "alert_spell",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id", "child_id"],
            ["alert.id", "alert.child_id"],
            name=op.f("fk_alert_spell_alert_id_child_id_alert"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_spell")),
    )
    with op.batch_alter_table("alert_spell", schema=None) as batch_op:
        batch_op.create_index("ix_alert_spell_alert_id", ["alert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_spell_child_id"), ["child_id"], unique=False)

    op.create_table(
        "alert_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("to_account_id", sa.Uuid(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id", "child_id"],
            ["alert.id", "alert.child_id"],
            name=op.f("fk_alert_step_alert_id_child_id_alert"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_step")),
    )
    with op.batch_alter_table("alert_step", schema=None) as batch_op:
        batch_op.create_index("ix_alert_step_alert_id", ["alert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_step_child_id"), ["child_id"], unique=False)

    op.create_table(
        "care_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("care_line_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("day_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["care_line_id", "child_id"],
            ["care_line.id", "care_line.child_id"],
            name=op.f("fk_care_contact_care_line_id_child_id_care_line"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_contact")),
        sa.UniqueConstraint(
            "care_line_id", "day_index", name=op.f("uq_care_contact_care_line_id_day_index")
        ),
    )
    with op.batch_alter_table("care_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_contact_child_id"), ["child_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=True),
        sa.Column("spell", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_notice_account_id_account"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_notice_alert_id_alert"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_notice_child_id_child"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "account_id",
            "alert_id",
            "event",
            "spell",
            name=op.f("uq_notice_account_id_alert_id_event_spell"),
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_account_id_read_at", ["account_id", "read_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_notice_alert_id"), ["alert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_child_id"), ["child_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("child_no", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("operator", sa.String(length=40), nullable=True),
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("group_size", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_placement_period")),
        sa.ForeignKeyConstraint(
            ["child_id", "child_no"],
            ["child.id", "child.no"],
            name=op.f("fk_placement_child_id_child_no_child"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["location.id"],
            name=op.f("fk_placement_location_id_location"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_placement_transfer_id")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_placement_child_id_from_on", ["child_id", "from_on"], unique=False
        )
        batch_op.create_index(
            "ix_placement_location_id_to_on", ["location_id", "to_on"], unique=False
        )

    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("from_location_id", sa.Uuid(), nullable=True),
        sa.Column("to_location_id", sa.Uuid(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("announced_known", sa.Boolean(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(status = 'arrived') = (arrived_on IS NOT NULL)", name=op.f("ck_transfer_arrived")
        ),
        sa.CheckConstraint(
            "from_location_id IS NULL OR to_location_id IS NULL OR from_location_id <> to_location_id",
            name=op.f("ck_transfer_elsewhere"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_transfer_child_id_child"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["from_location_id"],
            ["location.id"],
            name=op.f("fk_transfer_from_location_id_location"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["to_location_id"],
            ["location.id"],
            name=op.f("fk_transfer_to_location_id_location"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("id", "child_id", name=op.f("uq_transfer_id_child_id")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_transfer_child_id_planned_on", ["child_id", "planned_on"], unique=False
        )
        batch_op.create_index(
            "ix_transfer_from_location_id_status", ["from_location_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_transfer_to_location_id_status", ["to_location_id", "status"], unique=False
        )
        batch_op.create_index(
            "uq_transfer_one_departed",
            ["child_id"],
            unique=True,
            sqlite_where=sa.text("status = 'departed'"),
            postgresql_where=sa.text("status = 'departed'"),
        )

    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transfer_id", "child_id"],
            ["transfer.id", "transfer.child_id"],
            name=op.f("fk_handover_transfer_id_child_id_transfer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_handover_transfer_id")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_child_id"), ["child_id"], unique=False)

    op.create_table(
        "promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transfer_id", "child_id"],
            ["transfer.id", "transfer.child_id"],
            name=op.f("fk_promise_transfer_id_child_id_transfer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_child_id"), ["child_id"], unique=False)
        batch_op.create_index("ix_promise_transfer_id", ["transfer_id"], unique=False)


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index("ix_promise_transfer_id")
        batch_op.drop_index(batch_op.f("ix_promise_child_id"))

    op.drop_table("promise")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_child_id"))

    op.drop_table("handover")
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transfer_one_departed",
            sqlite_where=sa.text("status = 'departed'"),
            postgresql_where=sa.text("status = 'departed'"),
        )
        batch_op.drop_index("ix_transfer_to_location_id_status")
        batch_op.drop_index("ix_transfer_from_location_id_status")
        batch_op.drop_index("ix_transfer_child_id_planned_on")

    op.drop_table("transfer")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index("ix_placement_location_id_to_on")
        batch_op.drop_index("ix_placement_child_id_from_on")

    op.drop_table("placement")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_child_id"))
        batch_op.drop_index(batch_op.f("ix_notice_alert_id"))
        batch_op.drop_index("ix_notice_account_id_read_at")

    op.drop_table("notice")
    with op.batch_alter_table("care_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_care_contact_child_id"))

    op.drop_table("care_contact")
    with op.batch_alter_table("alert_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_step_child_id"))
        batch_op.drop_index("ix_alert_step_alert_id")

    op.drop_table("alert_step")
    with op.batch_alter_table("alert_spell", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_spell_child_id"))
        batch_op.drop_index("ix_alert_spell_alert_id")

    op.drop_table("alert_spell")
    with op.batch_alter_table("whereabouts", schema=None) as batch_op:
        batch_op.drop_index("ix_whereabouts_child_id_from_on")

    op.drop_table("whereabouts")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_session_account_id"))

    op.drop_table("user_session")
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_worker_account_id"))
        batch_op.drop_index("ix_support_child_id_from_on")

    op.drop_table("support")
    with op.batch_alter_table("school_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_school_record_child_id"))

    op.drop_table("school_record")
    op.drop_table("runway")
    with op.batch_alter_table("responsible", schema=None) as batch_op:
        batch_op.drop_index("ix_responsible_child_id_from_on")
        batch_op.drop_index(batch_op.f("ix_responsible_account_id"))

    op.drop_table("responsible")
    with op.batch_alter_table("relative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relative_relative_child_id"))
        batch_op.drop_index(batch_op.f("ix_relative_child_id"))

    op.drop_table("relative")
    with op.batch_alter_table("reach", schema=None) as batch_op:
        batch_op.drop_index("ix_reach_region_child_id")
        batch_op.drop_index(batch_op.f("ix_reach_origin_id"))
        batch_op.drop_index("ix_reach_location_id_child_id")
        batch_op.drop_index("ix_reach_desk_child_id")
        batch_op.drop_index(batch_op.f("ix_reach_child_id"))
        batch_op.drop_index("ix_reach_account_id_child_id")

    op.drop_table("reach")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_child_id"))

    op.drop_table("plan")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index("ix_observation_child_id_on")

    op.drop_table("observation")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_child_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("location", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_location_region"))
        batch_op.drop_index(batch_op.f("ix_location_contact_account_id"))

    op.drop_table("location")
    with op.batch_alter_table("guardianship", schema=None) as batch_op:
        batch_op.drop_index("ix_guardianship_child_id_from_on")
        batch_op.drop_index(batch_op.f("ix_guardianship_account_id"))

    op.drop_table("guardianship")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_child_id_on")

    op.drop_table("contact")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_child_id"))

    op.drop_table("consent")
    with op.batch_alter_table("care_line", schema=None) as batch_op:
        batch_op.drop_index("ix_care_line_continues_id")
        batch_op.drop_index(batch_op.f("ix_care_line_child_id"))

    op.drop_table("care_line")
    with op.batch_alter_table("audit_event_child", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_child_child_id"))

    op.drop_table("audit_event_child")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_alert_owner_desk",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_alert_owner_account_id",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_alert_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("alert")
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_grant_asked_by"))
        batch_op.drop_index(batch_op.f("ix_access_grant_approved_by"))
        batch_op.drop_index("ix_access_grant_account_id_valid_from")

    op.drop_table("access_grant")
    with op.batch_alter_table("absence_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_report_child_id"))

    op.drop_table("absence_report")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_child_id"))

    op.drop_table("absence")
    op.drop_table("watermark")
    with op.batch_alter_table("throttle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_throttle_key"))

    op.drop_table("throttle")
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_school_municipality"))

    op.drop_table("school")
    with op.batch_alter_table("past", schema=None) as batch_op:
        batch_op.drop_index("ix_past_table_name_row_id")
        batch_op.drop_index(batch_op.f("ix_past_child_id"))

    op.drop_table("past")
    op.drop_table("list_run")
    op.drop_table("counter")
    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_twin_index"))
        batch_op.drop_index(batch_op.f("ix_child_family_index"))

    op.drop_table("child")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_child_id_at")
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))
        batch_op.drop_index("ix_audit_event_account_id_at")

    op.drop_table("audit_event")
    op.drop_table("account")
