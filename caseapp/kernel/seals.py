"""Sealed columns: what a model declares, so that a value is plain only while it is looked at."""

from collections.abc import Iterator
from typing import Any, Final, Generic, NamedTuple, NoReturn, TypeVar, cast, overload
from uuid import UUID

from sqlalchemy import (
    Column,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    Select,
    inspect,
    literal,
    select,
)
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.orm import InstrumentedAttribute, Session, mapped_column, object_session
from sqlalchemy.types import TypeDecorator

from caseapp.kernel.crypto import Domain, Envelope, Fault, Unreadable
from caseapp.kernel.values import NotSealableError, codec
from caseapp.kernel.vault import Failure, Place, Vault

__all__ = [
    "CannotQuerySealed",
    "Ciphertext",
    "Domain",
    "Envelope",
    "Failure",
    "Fault",
    "NoVaultError",
    "NotSealableError",
    "Place",
    "PlaintextError",
    "Sealed",
    "SealedColumn",
    "Unreadable",
    "Vault",
    "any_sealed",
    "declare_seals",
    "envelope_of",
    "readable",
    "seal_of",
    "sealed_columns",
]

T = TypeVar("T")
SUFFIX: Final = "_envelope"


class CannotQuerySealed(TypeError):  # noqa: N818 - what was tried, in the words of the standard
    """A sealed attribute was used in a query: SQL cannot see it and would find nothing."""


class PlaintextError(TypeError, DontWrapMixin):
    """Something that is no envelope was sent to a sealed column; it is not shown."""


class NoVaultError(RuntimeError):
    """A sealed attribute was used on a row that is in no session with a vault, or has no ids."""


class Ciphertext(TypeDecorator[bytes]):
    """A column that takes envelopes and nothing else."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> bytes | None:
        """Let envelopes pass; raises PlaintextError for anything else, in bulk too."""
        if value is None:
            return None
        if not isinstance(value, Envelope):
            raise PlaintextError(f"a sealed column takes envelopes, not {type(value).__name__}")
        return bytes(value)

    def process_literal_param(self, value: object, dialect: Dialect) -> NoReturn:
        """Refuse to write a sealed value into the text of a statement."""
        raise PlaintextError("a sealed column is never written into a statement")

    def process_result_value(self, value: Any, dialect: Dialect) -> Envelope | None:
        """Return an envelope; whether it opens is seen when somebody looks."""
        return None if value is None else Envelope(value)


class Unqueryable:
    """What a class gives for a sealed attribute: it can be named, and nothing else."""

    def __init__(self, name: str) -> None:
        self.__dict__["name"] = name

    def __repr__(self) -> str:
        """Show the name."""
        return f"<sealed {self.__dict__['name']}>"

    def __getattr__(self, attribute: str) -> NoReturn:
        """Refuse in_, like, desc, label and all that a column has."""
        raise CannotQuerySealed(f"{self.__dict__['name']} is sealed: open it and compare in memory")


def _refuse(self: Unqueryable, *_others: object) -> NoReturn:
    raise CannotQuerySealed(f"{self.__dict__['name']} is sealed: open it and compare in memory")


OPERATORS: Final = (
    *("eq", "ne", "lt", "le", "gt", "ge", "bool", "len", "iter", "contains", "getitem", "call"),
    *("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "mod", "rmod", "neg"),
    *("and", "rand", "or", "ror", "xor", "rxor", "invert", "lshift", "rshift", "hash", "format"),
)
for _operator in OPERATORS:
    setattr(Unqueryable, f"__{_operator}__", _refuse)


class Sealed(Generic[T]):
    """An attribute that is sealed when set and opened when read; the row keeps the envelope only.

    `optional` allows None, which stands in the database as no value at all. The class of the row
    says in __subject__ which attribute is the id of whose key it is, and in __row__ its own (id).
    """

    def __init__(self, domain: Domain, kind: type[T], *, optional: bool = False) -> None:
        self.domain = domain
        self.kind = kind
        self.optional = optional
        self.name = self.table = self.envelope = self.subject = self.row = ""

    def declare(self, owner: type, name: str) -> None:
        """Learn where this attribute stands and give it its column, before the class is mapped."""
        kind: type = self.kind
        codec(kind)  # refuses a kind that cannot be sealed
        self.name, self.envelope = name, name + SUFFIX
        self.table = owner.__dict__["__tablename__"]
        self.subject = getattr(owner, "__subject__", "child_id")
        self.row = getattr(owner, "__row__", "id")
        column = mapped_column(name, Ciphertext(), nullable=self.optional, info={"seal": self})
        setattr(owner, self.envelope, column)

    def place(self, subject_id: UUID, row_id: UUID) -> Place:
        """Return the place of this column in a row, for bulk work without the row."""
        return Place(self.domain, self.table, self.name, subject_id, row_id)

    @overload
    def __get__(self, row: None, owner: type) -> Unqueryable: ...
    @overload
    def __get__(self, row: object, owner: type) -> T: ...
    def __get__(self, row: object | None, owner: type) -> Unqueryable | T:
        """Open the value; raises Unreadable. On the class: something that refuses to be queried."""
        if row is None:
            return Unqueryable(f"{owner.__name__}.{self.name}")
        envelope = getattr(row, self.envelope)
        if envelope is None:
            return cast("T", None)
        session, vault = _vault_of(row)
        place = self._place_of(row)
        if not vault.knows(self.domain, place.subject_id):
            vault.prefetch(self.domain, self._subjects(session, row, place.subject_id))
        return vault.open(place, envelope, self.kind)

    def __set__(self, row: object, value: T) -> None:
        """Seal a value that is new; raises Unreadable when what stands there does not open."""
        if value is None and not self.optional:
            raise NotSealableError(f"{self.table}.{self.name} is not optional")
        _session, vault = _vault_of(row)
        place = self._place_of(row)
        present = getattr(row, self.envelope)
        if present is not None and _alike(vault.open(place, present, self.kind), value):
            return
        new = None if value is None else vault.seal(place, value, self.kind)
        setattr(row, self.envelope, new)

    def _place_of(self, row: object) -> Place:
        subject_id, row_id = getattr(row, self.subject), getattr(row, self.row)
        if not (isinstance(subject_id, UUID) and isinstance(row_id, UUID)):
            raise NoVaultError(
                f"{self.table}.{self.name} needs {self.subject} and {self.row}: set them first"
            )
        return Place(self.domain, self.table, self.name, subject_id, row_id)

    def _subjects(self, session: Session, row: object, own: UUID) -> Iterator[UUID]:
        """Yield the subjects of all loaded rows of this class: a list costs one statement."""
        yield own
        for other in session.identity_map.values():
            if type(other) is type(row):
                subject_id = vars(other).get(self.subject)
                if subject_id is not None:
                    yield subject_id


def declare_seals(owner: type) -> None:
    """Give each sealed attribute of a class, mixins included, its column, before it is mapped."""
    for parent in owner.__mro__:
        for name, attribute in tuple(vars(parent).items()):
            if isinstance(attribute, Sealed) and not hasattr(owner, name + SUFFIX):
                own = attribute if parent is owner else _copied(attribute, owner, name)
                own.declare(owner, name)


def _copied(attribute: Sealed[Any], owner: type, name: str) -> Sealed[Any]:
    """Give a class its own attribute instead of a mixin's, which serves several tables."""
    own = Sealed[Any](attribute.domain, attribute.kind, optional=attribute.optional)
    setattr(owner, name, own)
    return own


def seal_of(owner: type, name: str) -> Sealed[Any]:
    """Return the declaration of a sealed attribute, as for bulk work; raises KeyError."""
    for parent in owner.__mro__:
        attribute = vars(parent).get(name)
        if isinstance(attribute, Sealed):
            return attribute
    raise KeyError(f"{owner.__name__}.{name} is not sealed")


def envelope_of(owner: type, name: str) -> InstrumentedAttribute[Envelope]:
    """Return the column of a sealed attribute, for selects that fetch envelopes without rows."""
    return cast("InstrumentedAttribute[Envelope]", getattr(owner, name + SUFFIX))


def readable(row: object, name: str) -> Any:
    """Return the value of a sealed attribute, or the Unreadable that a page shows in its place."""
    try:
        return getattr(row, name)
    except Unreadable as fault:
        return fault


class SealedColumn(NamedTuple):
    """One line of the crypto inventory."""

    table: str
    column: str
    domain: Domain
    kind: type
    optional: bool
    subject: str


def sealed_columns(metadata: MetaData) -> list[SealedColumn]:
    """Return every sealed column of the tables, read from the tables themselves."""
    found = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            seal = column.info.get("seal")
            if isinstance(seal, Sealed):
                place = (table.name, column.name)
                found.append(
                    SealedColumn(*place, seal.domain, seal.kind, seal.optional, seal.subject)
                )
    return found


def any_sealed(engine: Engine, metadata: MetaData) -> bool:
    """Say whether a database holds a sealed value; tables that are not made yet hold none."""
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        for table, column in {(c.table, c.column) for c in sealed_columns(metadata)}:
            sealed = metadata.tables[table].c[column]
            if table in there and connection.scalar(_first(sealed)) is not None:
                return True
    return False


def _first(column: Column[Any]) -> Select[int]:
    return select(literal(1)).select_from(column.table).where(column.is_not(None)).limit(1)


def _alike(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _vault_of(row: object) -> tuple[Session, Vault]:
    session = object_session(row)
    vault = None if session is None else session.info.get("vault")
    if session is None or not isinstance(vault, Vault):
        name = type(row).__name__
        raise NoVaultError(f"this {name} is in no session with a vault: add it first")
    return session, vault
