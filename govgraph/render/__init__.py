"""From values to text, JSON, tables, documents and maps. Only this package and the command line speak."""
