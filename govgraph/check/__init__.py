"""Rules in Cypher, run on either engine, and the findings that they yield."""
