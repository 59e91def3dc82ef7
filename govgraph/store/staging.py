"""Pieces of a bulk load: files and columns of one table, and the derived relations computed column by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from govgraph.model.view import PASSED_ON
from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import node_columns, relation_columns
from govgraph.store.tables import LIST_SEPARATOR, polars_type, scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from govgraph.store.tables import NodeTable, RelationTable, TableSet

EVIDENCE = ("source", "quotes", "line", "file")
DETAILS = ("dimension", "about", "beneficiary", "key")  # what tells parallel relations apart in an id


class KnownPlaces(Protocol):
    """Tells the places of nodes of a family by id."""

    def __call__(self, family: str, ids: Sequence[str]) -> dict[str, str]:
        """Return the place of each node that has one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of ``label`` (and its two families) in Parquet files."""

    label: str
    ends: tuple[str, str] | None
    files: tuple[Path, ...]
    columns: tuple[str, ...]
    rows: int
    derived: bool = False

    @property
    def name(self) -> str:
        """What progress calls the piece: as the table is called."""
        return ".".join((self.label, *(self.ends or ())))


@dataclass(frozen=True, slots=True)
class Pieces:
    """All pieces of a load, in the order they go in."""

    nodes: tuple[Piece, ...]
    relations: tuple[Piece, ...]
    derived: tuple[Piece, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Rows of nodes, relations and derived relations."""
        nodes, relations, derived = (
            sum(piece.rows for piece in group) for group in (self.nodes, self.relations, self.derived)
        )
        return nodes, relations, derived


def all_pieces(tables: TableSet, case_id: str, staging: Path) -> Pieces:
    """Return the pieces of all tables, and of the relations derived from them."""
    nodes = [piece for table in tables.nodes for piece in node_pieces(table, case_id, staging)]
    relations = [piece for table in tables.relations for piece in relation_pieces(table, case_id, staging)]
    return Pieces(tuple(nodes), tuple(relations), tuple(derived_pieces(tables, relations, staging)))


def node_pieces(table: NodeTable, case_id: str, staging: Path) -> list[Piece]:
    """Return the pieces of a node table, rewritten to Parquet first where it comes as CSV or lacks a level."""
    files, columns = table.files, table.columns
    levels = {kind.name: kind.level for kind in vocabulary().families[table.family].kinds.values() if kind.level}
    if _is_plain(table) and ("level" in columns or not levels):
        return [Piece(table.family, None, files, columns, _rows(files))]
    del case_id
    frame = _typed(scan(files), node_columns())
    if levels:
        frame = _with_levels(frame, columns, levels)
    staged = staging / f"{table.name}.parquet"
    frame.sink_parquet(staged)
    return [Piece(table.family, None, (staged,), tuple(frame.collect_schema().names()), _rows((staged,)))]


def _with_levels(frame: pl.LazyFrame, columns: Sequence[str], levels: Mapping[str, str]) -> pl.LazyFrame:
    import polars as pl

    usual = pl.col("kind").replace_strict(levels, default=None, return_dtype=pl.String)
    return frame.with_columns(level=pl.coalesce("level", usual) if "level" in columns else usual)


def relation_pieces(table: RelationTable, case_id: str, staging: Path) -> list[Piece]:
    """Return the pieces of a relation table, rewritten first where it comes as CSV or lacks ids or a dimension."""
    import polars as pl

    usual = vocabulary().relations[table.type].dimension
    ends = (table.start, table.end)
    needs_dimension = usual is not None and "dimension" not in table.columns
    if _is_plain(table) and "id" in table.columns and not needs_dimension:
        return [Piece(table.type, ends, table.files, table.columns, _rows(table.files))]
    frame = _typed(scan(table.files), {"start": "STRING", "end": "STRING"} | relation_columns())
    if needs_dimension:
        frame = frame.with_columns(dimension=pl.lit(usual))
    if "id" not in table.columns:
        frame = frame.with_columns(id=_relation_ids(table.type, case_id, frame.collect_schema().names()))
    staged = staging / f"{table.name}.parquet"
    frame.sink_parquet(staged)
    return [Piece(table.type, ends, (staged,), tuple(frame.collect_schema().names()), _rows((staged,)))]


def _relation_ids(type_: str, case_id: str, columns: Sequence[str]) -> pl.Expr:
    """Return the expression of `govgraph.model.case.relation_id` over whole columns."""
    import polars as pl

    prefix = f"{case_id}/"
    start, end = (pl.col(name).str.strip_prefix(prefix) for name in ("start", "end"))
    details = [
        pl.col(name).str.strip_prefix(prefix) if name in ("about", "beneficiary") else pl.col(name)
        for name in DETAILS
        if name in columns
    ]
    head = pl.concat_str([pl.lit(prefix), start, pl.lit(f"-{type_}->"), end])
    if not details:
        return head
    joined = pl.concat_str(details, separator=",", ignore_nulls=True)
    return pl.when(joined == "").then(head).otherwise(pl.concat_str([head, pl.lit("["), joined, pl.lit("]")]))


def _is_plain(table: NodeTable | RelationTable) -> bool:
    return all(file.suffix == ".parquet" for file in table.files)


def _typed(frame: pl.LazyFrame, columns: Mapping[str, str]) -> pl.LazyFrame:
    """Return the frame in the engine's types; empty cells of CSV are unknown, lists are split."""
    import polars as pl

    casts = []
    for name, found in frame.collect_schema().items():
        wanted = polars_type(columns[name])
        column = pl.col(name)
        if columns[name] == "STRING[]" and found == pl.String:
            casts.append(pl.when(column != "").then(column.str.split(LIST_SEPARATOR)).alias(name))
        elif found == pl.String:
            casts.append(pl.when(column != "").then(column).cast(wanted).alias(name))
        else:
            casts.append(column.cast(wanted))
    return frame.select(casts)


def _rows(files: Sequence[Path]) -> int:
    import polars as pl

    return int(scan(files).select(pl.len()).collect().item())


def derived_pieces(
    tables: TableSet, relations: Sequence[Piece], staging: Path, known: KnownPlaces | None = None
) -> list[Piece]:
    """Compute 上级 (see `govgraph.model.view.superiors`) for all relations at once, into Parquet files.

    Args:
        tables: the nodes of the load, with their places.
        relations: the relations of the load.
        staging: where the files go.
        known: asked for the places of superiors that the tables do not hold.
    """
    import polars as pl

    types = vocabulary().relations
    places: dict[str, pl.LazyFrame] = {}
    grouped: dict[tuple[str, str], list[pl.LazyFrame]] = {}
    for piece in relations:
        above = types[piece.label].superior
        if above is None or piece.ends is None:
            continue
        upper, lower = ("start", "end") if above == "from" else ("end", "start")
        families = piece.ends if above == "from" else piece.ends[::-1]
        place = places.setdefault(families[0], _places(tables, families[0]))
        if known is not None:
            place = _with_known(place, families[0], scan(piece.files).select(node=upper), known)
        kept = [name for name in (*PASSED_ON, *EVIDENCE) if name in piece.columns]
        frame = scan(piece.files).select(
            id=pl.col("id") + "^", via="id", start=lower, end=upper, **{name: pl.col(name) for name in kept}
        )
        frame = frame.join(place, left_on="end", right_on="node", how="left")
        grouped.setdefault((families[1], families[0]), []).append(frame.with_columns(place=pl.coalesce("place", "end")))
    pieces = []
    for ends, frames in sorted(grouped.items()):
        file = staging / f"上级.{ends[0]}.{ends[1]}.parquet"
        frame = pl.concat(frames, how="diagonal_relaxed")
        frame.sink_parquet(file)
        columns = tuple(frame.collect_schema().names())
        pieces.append(Piece("上级", ends, (file,), columns, _rows((file,)), derived=True))
    return pieces


def _with_known(places: pl.LazyFrame, family: str, uppers: pl.LazyFrame, known: KnownPlaces) -> pl.LazyFrame:
    """Return the places with those of further nodes, as the store knows them."""
    import polars as pl

    missing = uppers.unique().join(places, on="node", how="anti").collect()["node"].sort().to_list()
    found = known(family, missing) if missing else {}
    rows = {"node": list(found), "place": list(found.values())}
    return pl.concat([places, pl.LazyFrame(rows, schema={"node": pl.String, "place": pl.String})])


def _places(tables: TableSet, family: str) -> pl.LazyFrame:
    """Return ``node`` and ``place`` of a family's nodes."""
    import polars as pl

    files = [file for table in tables.nodes if table.family == family for file in table.files]
    if not files:
        return pl.LazyFrame(schema={"node": pl.String, "place": pl.String})
    frame = scan(files)
    place = pl.col("place") if "place" in frame.collect_schema().names() else pl.lit(None, pl.String)
    return frame.select(node="id", place=place)
