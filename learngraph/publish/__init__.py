"""Putting a catalogue into an org: plan, review, apply, and go on after a fault.

The only package that opens connections to orgs.
"""
