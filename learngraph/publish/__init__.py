"""Getting a catalogue into an org: who is asked, how requests travel, and what is sent again.

The only package that opens connections.
"""
