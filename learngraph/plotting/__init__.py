"""Pictures: where all stands in a map of a curriculum, and matplotlib's drawings of it and of other answers."""
