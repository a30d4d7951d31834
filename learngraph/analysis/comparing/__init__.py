"""Two editions of a catalogue: what people changed, and which numbers moved because of it."""
