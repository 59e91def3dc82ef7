"""govgraph: Chinese local government as a property graph, and the rules that find where it breaks."""

__version__ = "0.1.0"
