"""Rules, one generator each: what is wrong with a catalogue before it is published."""
