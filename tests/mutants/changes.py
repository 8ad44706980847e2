"""The small faults that are made in a module on purpose, one at a time."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

SWAPPED: Final[dict[type, type]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Pow: ast.Mult, ast.Continue: ast.Break,
    ast.Break: ast.Continue,
}  # fmt: skip
NOT_CODE: Final = frozenset(
    {"annotation", "returns", "decorator_list", "bases", "keywords of class"}
)
"""Parts that no test of behaviour can feel: types, and how a class is made."""
NAMES_ONLY: Final = frozenset({"__all__", "__slots__", "log"})
LONGEST: Final = 70


@dataclass(slots=True)
class Site:
    """One fault that can be made: where, what it says, and how to make it in the tree it was found in."""

    scope: str
    line: int
    says: str
    make: Callable[[], None]

    @property
    def name(self) -> str:
        """Return what it is called; it stays the same when lines above it come and go."""
        return f"{self.scope}: {self.says}"


def sites(tree: ast.Module) -> list[Site]:
    """Return every fault that can be made in a module, in a fixed order, each with a name of its own."""
    found, seen = list(_within(tree, "module")), dict[str, int]()
    for site in found:
        seen[site.name] = seen.get(site.name, 0) + 1
        if seen[site.name] > 1:
            site.says += f" ({seen[site.name]})"
    return found


def _within(node: ast.AST, scope: str) -> Iterator[Site]:
    for name, value in ast.iter_fields(node):
        if name in NOT_CODE or (name == "keywords" and isinstance(node, ast.ClassDef)):
            continue
        for place in range(len(value)) if isinstance(value, list) else (None,):
            child = value if place is None else value[place]
            if isinstance(child, ast.AST) and not _is_words(child):
                put = _putter(node, name, place)
                yield from _here(child, put, scope)
                yield from _within(child, _inner(child, scope))


def _putter(node: ast.AST, name: str, place: int | None) -> Callable[[Any], None]:
    def put(new: Any) -> None:
        if place is None:
            setattr(node, name, new)
        else:
            getattr(node, name)[place] = new

    return put


def _inner(node: ast.AST, scope: str) -> str:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return node.name if scope == "module" else f"{scope}.{node.name}"
    return scope


def _is_words(node: ast.AST) -> bool:
    """Say whether this is text for people, or names only: docstrings, messages, logs, __all__."""
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Call) and _only_words(node.exc)
    if isinstance(node, ast.Assign):
        return any(isinstance(to, ast.Name) and to.id in NAMES_ONLY for to in node.targets)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return ast.unparse(node.value.func).startswith("log.")
    is_doc = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_doc or isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom))


def _only_words(call: ast.Call) -> bool:
    texts = (ast.JoinedStr, ast.Constant)
    return all(isinstance(one, texts) for one in call.args) and not call.keywords


def _here(node: ast.AST, put: Callable[[Any], None], scope: str) -> Iterator[Site]:
    """Yield the faults of one node: it is replaced by each of its twins."""
    before = _short(node)
    for twin, says in _twins(node):
        line = getattr(node, "lineno", 0)
        yield Site(scope, line, f"{before} -> {says or _short(twin)}", _made(put, twin))


def _made(put: Callable[[Any], None], twin: ast.AST) -> Callable[[], None]:
    return lambda: put(twin)


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _twins(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.Constant():
            yield from _constants(node)
        case ast.Call():
            yield from (*_fewer(node, "args"), *_fewer(node, "keywords"))
        case ast.Set() | ast.Tuple(ctx=ast.Load()) | ast.List(ctx=ast.Load()):
            yield from _fewer(node, "elts")
        case ast.Return(value=ast.expr() as value) | ast.Assign(value=value) if not _is_none(value):
            yield _with(node, value=ast.Constant(None)), ""
        case ast.Expr(value=ast.Call()):
            yield ast.copy_location(ast.Pass(), node), "pass"
        case _:
            yield from _turned(node)


def _turned(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.Compare(ops=[*ops]):
            for at, op in enumerate(ops):
                yield _with(node, ops=[*ops[:at], SWAPPED[type(op)](), *ops[at + 1 :]]), ""
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPPED:
            yield _with(node, op=SWAPPED[type(op)]()), ""
        case ast.Continue() | ast.Break():
            yield ast.copy_location(SWAPPED[type(node)](), node), ""
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand, ""
        case ast.If() | ast.IfExp() | ast.While() if not isinstance(node.test, ast.Compare):
            yield _with(node, test=ast.UnaryOp(ast.Not(), node.test)), f"not {_short(node.test)}"
        case _:
            return


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _constants(node: ast.Constant) -> Iterator[tuple[ast.AST, str]]:
    match node.value:
        case bool() as value:
            yield _with(node, value=not value), ""
        case int() | float() as value:
            yield _with(node, value=value + 1), ""
        case str() as value:
            yield _with(node, value=f"XX{value}XX"), ""
        case bytes() as value:
            yield _with(node, value=b"XX" + value), ""
        case _:
            return


def _fewer(node: ast.AST, name: str) -> Iterator[tuple[ast.AST, str]]:
    items = getattr(node, name)
    for at, item in enumerate(items):
        yield _with(node, **{name: items[:at] + items[at + 1 :]}), f"without {_short(item)}"


def _with(node: ast.AST, **changed: Any) -> ast.AST:
    twin = copy.copy(node)
    for name, value in changed.items():
        setattr(twin, name, value)
    return twin


def mutated(source: str, number: int) -> ast.Module:
    """Return a module with its fault of this number."""
    tree = ast.parse(source)
    sites(tree)[number].make()
    return ast.fix_missing_locations(tree)
