"""From files to a case: YAML, CSV and Excel become one tree, which is checked as a whole and built."""
