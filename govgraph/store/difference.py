"""What changes in a place when its tables come anew: rows that are gone, are fresh, or say something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.store.schema import DERIVED_COLUMNS, IN_FORCE, node_columns, relation_columns
from govgraph.store.tables import polars_type, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from govgraph.store.staging import Piece

GIVEN = ("case_id", "type")  # are one value throughout a table of the store
BETWEEN = "\x1e"  # the items of a list, where lists are compared
NODE_KEY = ("label", "id")
RELATION_KEY = ("label", "first", "last", "start", "end", "id")


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of nodes or relations: ``gone`` from what was there, ``fresh`` and ``changed`` of what is to be there.

    What is gone or changed has the ``_number`` that it has in the store.
    """

    gone: pl.DataFrame
    fresh: pl.DataFrame
    changed: pl.DataFrame


def node_schema() -> dict[str, str]:
    """Column → type of node rows: the family as ``label``, and what the store holds of a node."""
    return {"label": "STRING"} | {name: kind for name, kind in node_columns().items() if name not in GIVEN}


def relation_schema() -> dict[str, str]:
    """Column → type of relation rows: type as ``label``, families and ids of the ends, and what the store holds."""
    ends = dict.fromkeys(RELATION_KEY, "STRING")
    columns = relation_columns() | DERIVED_COLUMNS
    return ends | {name: kind for name, kind in columns.items() if name not in GIVEN}


def rows_of(pieces: Iterable[Piece], schema: Mapping[str, str]) -> pl.DataFrame:
    """Return all rows of some pieces in one frame, as a store would hold them."""
    import polars as pl

    frames = [pl.DataFrame(schema={name: polars_type(kind) for name, kind in schema.items()}).lazy()]
    for piece in pieces:
        frame = scan(piece.files)
        present = frame.collect_schema().names()
        given = {"label": piece.label} | ({"first": piece.ends[0], "last": piece.ends[1]} if piece.ends else {})
        fields = [
            (pl.lit(given[name]) if name in given else pl.col(name) if name in present else pl.lit(None))
            .cast(polars_type(kind))
            .alias(name)
            for name, kind in schema.items()
        ]
        frames.append(frame.select(fields).with_columns(pl.col("status").fill_null(IN_FORCE)))
    return pl.concat(frames).collect()


def compare(before: pl.DataFrame, after: pl.DataFrame, key: tuple[str, ...]) -> Difference:
    """Compare rows by their key and by all that they say; null is equal to null.

    Args:
        before: what is there, with a column ``_number`` besides.
        after: what is to be there.
        key: the columns that tell rows apart.
    """
    import polars as pl

    numbers = before.select(*key, "_number")
    before = before.drop("_number")
    lists = [name for name, kind in before.schema.items() if kind == pl.List]
    flat = [pl.col(name).list.join(BETWEEN) for name in lists]
    old, new = before.with_columns(flat), after.with_row_index("row").with_columns(flat)
    known = new.join(old, on=key, how="semi")["row"]
    same = new.join(old, on=old.columns, how="semi", nulls_equal=True)["row"]
    rows = after.with_row_index("row")
    return Difference(
        gone=before.join(after, on=key, how="anti").join(numbers, on=key),
        fresh=rows.filter(~pl.col("row").is_in(known.implode())).drop("row"),
        changed=rows.filter(pl.col("row").is_in(known.implode()) & ~pl.col("row").is_in(same.implode()))
        .drop("row")
        .join(numbers, on=key),
    )
