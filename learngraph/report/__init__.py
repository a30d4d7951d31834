"""The report: one HTML file with a map, tables and findings that opens anywhere and asks the network for nothing."""
