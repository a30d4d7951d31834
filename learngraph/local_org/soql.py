"""Flat selects in SOQL: parsed by sqlglot, refused where they are more than that, run with bound values.

A select names fields (also of a parent, as in `RecordType.DeveloperName`), or `COUNT()`, or aggregates; it
takes WHERE with `= != < <= > >= IN LIKE AND OR NOT`, ORDER BY and LIMIT.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from learngraph.local_org.fields import Field, SObject
from learngraph.local_org.refusals import RequestRefusedError
from learngraph.local_org.soql_terms import Side, comparison, condition_in, like
from learngraph.local_org.soql_text import Term, malformed, without_literals

_PARTS = frozenset({"expressions", "from_", "where", "order", "limit"})
_COMPARED: dict[type[exp.Expression], str] = {
    exp.EQ: "=",
    exp.NEQ: "!=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_AGGREGATES: dict[type[exp.Expression], str] = {exp.Max: "MAX", exp.Min: "MIN", exp.Count: "COUNT"}
_DEEPEST = 200  # brackets in brackets


@dataclass(frozen=True, slots=True)
class Column:
    """A field that a query selects: of the object itself, or of the parent that `via` points to."""

    field: Field
    via: Field | None = None


@dataclass(slots=True)
class Query:
    """A query that can be run: `sql` with `values`, and what its columns are."""

    of: SObject
    columns: tuple[Column, ...] = ()
    aggregates: int = 0
    counts_only: bool = False
    sql: str = ""
    values: list[object] = field(default_factory=list)


def read_query(text: str, objects: Mapping[str, SObject]) -> Query:
    """Read a query, and check every name in it against the objects.

    Raises
    ------
    RequestRefusedError
        MALFORMED_QUERY for what is no flat select, INVALID_TYPE and INVALID_FIELD for unknown names.
    """
    plain, terms = without_literals(text)
    if plain.count("(") > _DEEPEST:
        raise malformed("the query is nested too deep")
    try:
        tree = parse_one(plain)
    except (SqlglotError, RecursionError):
        raise malformed(f"unexpected token in: {text[:200]}") from None
    if not isinstance(tree, exp.Select):
        raise malformed("only selects are understood here")
    if extra := {name for name, part in tree.args.items() if part} - _PARTS:
        raise malformed(f"only flat selects are understood here, without {', '.join(sorted(extra))}")
    return _Reader(objects, terms).query(tree)


class _Reader:
    def __init__(self, objects: Mapping[str, SObject], terms: list[Term]) -> None:
        self._objects = objects
        self._terms = terms
        self._joins: dict[str, Field] = {}
        self._values: list[object] = []

    def query(self, tree: exp.Select) -> Query:
        found = self._query = Query(self._object(tree))
        selected = self._selected(tree)
        where = self._condition(tree.args["where"].this) if tree.args.get("where") else "1"
        order = ", ".join(self._orders(tree.args.get("order"))) if tree.args.get("order") else '"own"."Id"'
        limit = self._limit(tree.args.get("limit"))
        joins = "".join(
            f' LEFT JOIN "{one.refers_to}" AS "{name}" ON "{name}"."Id" = "own"."{one.name}"'
            for name, one in self._joins.items()
        )
        rest = "" if found.aggregates or found.counts_only else f" ORDER BY {order}{limit}"
        found.sql = f'SELECT {selected} FROM "{found.of.name}" AS "own"{joins} WHERE {where}{rest}'
        found.values = self._values
        return found

    def _object(self, tree: exp.Select) -> SObject:
        table = tree.args["from_"].this if tree.args.get("from_") else None
        if not isinstance(table, exp.Table) or {name for name, part in table.args.items() if part} != {"this"}:
            raise malformed("a query names one object after FROM, without an alias")
        wanted = table.name.casefold()
        found = next((one for name, one in self._objects.items() if name.casefold() == wanted), None)
        if found is None:
            raise RequestRefusedError(400, "INVALID_TYPE", f"sObject type '{table.name}' is not supported.")
        return found

    # --- what is selected ------------------------------------------------------------------------

    def _selected(self, tree: exp.Select) -> str:
        first = tree.expressions[0] if tree.expressions else None
        if isinstance(first, exp.Count) and first.this is None and len(tree.expressions) == 1:
            self._query.counts_only = True
            return 'COUNT(*) AS "c0"'
        if any(type(one) in _AGGREGATES for one in tree.expressions):
            parts = [self._aggregate(one) for one in tree.expressions]
            self._query.aggregates = len(parts)
        else:
            self._query.columns = tuple(self._column(one)[1] for one in tree.expressions)
            parts = [self._column(one)[0] for one in tree.expressions]
        if not parts:
            raise malformed("a query selects at least one field")
        selected = [f'{part} AS "c{number}"' for number, part in enumerate(parts)]
        if not self._query.aggregates:  # whether there is a parent at all
            selected += [f'"own"."{one.name}" AS "to {one.name}"' for one in self._joins.values()]
        return ", ".join(selected)

    def _aggregate(self, one: exp.Expression) -> str:
        name = _AGGREGATES.get(type(one))
        if name is None or one.this is None:
            raise malformed("fields and aggregates are not selected together")
        sql, column = self._column(one.this)
        self._query.columns = (*self._query.columns, column)
        return f"{name}({sql})"

    def _column(self, one: object) -> tuple[str, Column]:
        if not isinstance(one, exp.Column) or one.args.get("db") or not isinstance(one.this, exp.Identifier):
            raise malformed("only fields, and fields of a parent, can stand here")
        if not one.table:
            return self._of(self._query.of, one.name, "own")
        parent = self._query.of.parent(one.table)
        if parent is None:
            message = f"Didn't understand relationship '{one.table}' in field path."
            raise RequestRefusedError(400, "INVALID_FIELD", message)
        alias = str(parent.relationship)
        self._joins[alias] = parent
        sql, column = self._of(self._objects[parent.refers_to], one.name, alias)
        return sql, Column(column.field, parent)

    def _of(self, one: SObject, name: str, alias: str) -> tuple[str, Column]:
        found = one.field(name)
        if found is None:
            message = f"No such column '{name}' on entity '{one.name}'."
            raise RequestRefusedError(400, "INVALID_FIELD", message)
        return f'"{alias}"."{found.name}"', Column(found)

    # --- conditions ------------------------------------------------------------------------------

    def _condition(self, one: object) -> str:
        match one:
            case exp.And() | exp.Or():
                joined = "AND" if isinstance(one, exp.And) else "OR"
                return _balanced([self._condition(part) for part in _flattened(one)], joined)
            case exp.Paren():
                return self._condition(one.this)
            case exp.Not(this=exp.In() as inner):
                return self._in(inner, negated=True)
            case exp.Not():
                return f"NOT COALESCE({self._condition(one.this)}, 0)"
            case exp.In():
                return self._in(one, negated=False)
            case exp.Like() if not one.args.get("negate"):
                sql, column = self._column(one.this)
                return self._bound(like(sql, column.field, self._side(one.expression)))
        operator = _COMPARED.get(type(one)) if isinstance(one, exp.Expression) else None
        if operator is None or not isinstance(one, exp.Expression):
            raise malformed("a condition compares a field with a value")
        sql, column = self._column(one.this)
        return self._bound(comparison(sql, column.field, operator, self._side(one.args["expression"])))

    def _in(self, one: exp.In, *, negated: bool) -> str:
        if one.args.get("query") or one.args.get("unnest") or not one.expressions:
            raise malformed("IN takes a list of values")
        sql, column = self._column(one.this)
        sides = [self._side(part) for part in one.expressions]
        return self._bound(condition_in(sql, column.field, sides, negated=negated))

    def _bound(self, condition: tuple[str, list[object]]) -> str:
        sql, values = condition
        self._values.extend(values)
        return sql

    def _side(self, one: object) -> Side:
        match one:
            case exp.Placeholder():
                return self._terms[int(str(one.this).removeprefix("p"))]
            case exp.Boolean():
                return bool(one.this)
            case exp.Null():
                return None
            case exp.Neg(this=exp.Literal(is_string=False) as inner):
                return -_number(inner)
            case exp.Literal(is_string=False):
                return _number(one)
        raise malformed("a field is compared with a text, number, date, true, false or null")

    # --- order and limit -------------------------------------------------------------------------

    def _orders(self, order: Any) -> Iterator[str]:  # noqa: ANN401 - a node of sqlglot
        for one in order.expressions:
            if not isinstance(one, exp.Ordered) or one.args.get("with_fill"):
                raise malformed("ORDER BY takes fields")
            sql, column = self._column(one.this)
            nocase = " COLLATE NOCASE" if column.field.type in {"string", "textarea", "picklist"} else ""
            nulls = "FIRST" if one.args.get("nulls_first") else "LAST"
            yield f"{sql}{nocase} {'DESC' if one.args.get('desc') else 'ASC'} NULLS {nulls}"

    def _limit(self, limit: Any) -> str:  # noqa: ANN401 - a node of sqlglot
        if limit is None:
            return ""
        size = limit.expression
        if not isinstance(size, exp.Literal) or size.is_string or not size.name.isdigit() or len(size.name) > 9:  # noqa: PLR2004 - digits of a limit
            raise malformed("LIMIT takes a whole number")
        return f" LIMIT {int(size.name)}"


def _flattened(one: exp.And | exp.Or) -> Iterator[object]:
    """Give the parts of a long chain of ANDs or ORs without descending into each."""
    parts: list[object] = []
    rest: object = one
    while type(rest) is type(one) and isinstance(rest, exp.And | exp.Or):
        parts.append(rest.expression)
        rest = rest.this
    return iter((rest, *reversed(parts)))


def _balanced(parts: list[str], joined: str) -> str:
    """Join conditions two by two, since SQLite takes no chain of more than a thousand."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return f"({_balanced(parts[:middle], joined)} {joined} {_balanced(parts[middle:], joined)})"


def _number(one: exp.Expression) -> int | float:
    text = one.name
    if len(text) > 30:  # noqa: PLR2004 - no number of a record has more digits
        raise malformed("the number is too long")
    return float(text) if "." in text else int(text)
