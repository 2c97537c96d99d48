"""Which actions and fields the code records in the audit trail, read from its source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGES = ("supplier_villages", "catalog", "marketplace", "cms")
RECORDERS = ("record", "_record", "record_each")
# Functions that return what is kept of an object: the keys of their dictionaries are fields.
SUMMARIES = ("summary", "_summary")
# What a recorder takes besides fields of its own.
PARAMETERS = ("action", "target", "before", "after", "changes")


@dataclass(frozen=True)
class Forwarded:
    """A function that records an action made of one of its parameters: prefix, then the argument."""

    function: str
    parameters: list[str]
    position: int
    prefix: str


@cache
def modules() -> list[ast.Module]:
    """Every module of the product but its migrations."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return [ast.parse(path.read_text()) for path in paths if "migrations" not in path.parts]


def actions() -> set[str]:
    """Every action that some call records; raises ValueError for one that cannot be told from the source."""
    found: set[str] = set()
    for module in modules():
        constants = dict(_constants(module))
        for function in _functions(module):
            for call in _recordings(function):
                found |= _actions_of(call, function, constants)
    return found


def fields() -> set[str]:
    """Every field of an entry: keys of dictionaries that are recorded, and what recorders take by name."""
    found: set[str] = set()
    for module in modules():
        functions = list(_functions(module))
        if any(_recordings(function) for function in functions):
            kept = (function for function in functions if function.name in SUMMARIES)
            found |= {key for function in kept for key in _keys(function)}
        found |= {field for function in functions for field in _fields_of(function)}
    return found


def _functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def _constants(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            yield from (
                (name.id, str(node.value.value)) for name in node.targets if isinstance(name, ast.Name)
            )


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _recordings(function: ast.FunctionDef) -> list[ast.Call]:
    """Calls that name an action."""
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return [call for call in calls if _called(call) in RECORDERS and _argument(call, "action") is not None]


def _argument(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _actions_of(call: ast.Call, function: ast.FunctionDef, constants: dict[str, str]) -> set[str]:
    action = _argument(call, "action")
    if isinstance(action, ast.Constant):
        return {str(action.value)}
    if isinstance(action, ast.Name) and action.id in constants:
        return {constants[action.id]}
    found = set(_completed(_forwarded(action, function)))
    if not found:
        raise ValueError(f"{function.name} records an action that cannot be told: {ast.unparse(call)}")
    return found


def _forwarded(action: ast.expr | None, function: ast.FunctionDef) -> Forwarded:
    """The parameter of which the action is made."""
    parts = action.values if isinstance(action, ast.JoinedStr) else [action]
    prefix = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
    names = {node.id for part in parts if part for node in ast.walk(part) if isinstance(node, ast.Name)}
    parameters = [argument.arg for argument in function.args.args if argument.arg != "self"]
    position = next((at for at, name in enumerate(parameters) if name in names), -1)
    return Forwarded(function.name, parameters, position, prefix)


def _completed(forwarded: Forwarded) -> Iterator[str]:
    """The prefix with what callers give: a text, or a member of an enumeration."""
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and _called(node) == forwarded.function:
                yield from (forwarded.prefix + text for text in _given(node, forwarded))


def _given(call: ast.Call, forwarded: Forwarded) -> Iterator[str]:
    if len(call.args) < len(forwarded.parameters):
        return
    given = call.args[forwarded.position]
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.Attribute) and given.attr.isupper():
        yield given.attr.lower()


def _fields_of(function: ast.FunctionDef) -> Iterator[str]:
    """The fields in calls that record, and in a function's `before` and `after` if it has such a call."""
    nodes = list(ast.walk(function))
    calls = [node for node in nodes if isinstance(node, ast.Call) and _called(node) in RECORDERS]
    for keyword in (keyword for call in calls for keyword in call.keywords):
        if keyword.arg in ("before", "after", "changes"):
            yield from _keys(keyword.value)
        elif keyword.arg and keyword.arg not in PARAMETERS:
            yield keyword.arg
    for node in nodes if calls else ():
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("before", "after"):
            yield from _keys(node.value)


def _keys(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Dict):
            yield from (key.value for key in each.keys if isinstance(key, ast.Constant))
