"""From a tree to a case. The whole input is read before anything is refused: one problem a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.errors import InputError
from govgraph.model.case import Case, in_file_order
from govgraph.read.context import Context
from govgraph.read.meta import build_meta, build_sources
from govgraph.read.nodes import build_nodes
from govgraph.read.reforms import build_reforms, build_tour
from govgraph.read.relations import build_relations

if TYPE_CHECKING:
    from govgraph.read.tree import Mapping


def build_case(tree: Mapping, *, file: str, default_id: str) -> Case:
    """Build a case from its tree.

    Args:
        tree: the sections of the case, as a reader left them.
        file: how messages and findings name the input.
        default_id: the id where ``meta`` gives none (the folder's name).

    Raises:
        InputError: one problem for each mistake in the input.
    """
    context = Context(tree)
    sections = ["meta", "sources", *(family.section for family in context.words.families.values())]
    context.unknown_keys(tree, [*sections, "relations", "reforms", "tour"], "section")
    meta = build_meta(context, default_id)
    context.case_id = meta.id
    context.sources = build_sources(context)
    build_nodes(context, meta)
    if not context.nodes and not context.problems.found:
        context.problems.add(tree.where, "the case has no bodies, posts or duties", "at least one node")
    relations = build_relations(context)
    families = {name: context.nodes[identity].family for name, identity in context.names.items()}
    reforms = build_reforms(context.rows("reforms"), context.problems, context.evidence, families)
    tour = build_tour(context.rows("tour"), context.problems, families)
    if context.problems.found:
        raise InputError(context.problems.found)
    return Case(
        meta,
        context.sources,
        tuple(sorted(context.nodes.values(), key=in_file_order)),
        tuple(sorted(relations, key=in_file_order)),
        reforms,
        tour,
        file,
    )
