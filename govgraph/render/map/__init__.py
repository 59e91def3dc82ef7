"""A case as one offline HTML page: pyvis builds the network, ``visualizations/`` holds the page around it."""
