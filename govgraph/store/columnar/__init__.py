"""The store of tables by the million: DuckDB in this process, asked in Cypher, which is put into SQL here.

``tree`` is what a query says, ``parser`` reads it, ``scope``, ``patterns``, ``expressions`` and ``clauses`` put it into SQL,
``layout`` says which tables there are, ``database`` is the store.
"""
