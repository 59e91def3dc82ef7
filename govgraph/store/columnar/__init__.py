"""The store of tables by the million: DuckDB in this process, asked in Cypher, which is put into SQL here.

``clauses``, ``patterns`` and ``expressions`` (with ``operators`` and ``functions``) put what a query says into SQL;
``scope`` knows what its names stand for, ``layout`` which tables there are. ``database`` is the store, ``fill`` makes
one from tables, ``change`` changes its rows.
"""
