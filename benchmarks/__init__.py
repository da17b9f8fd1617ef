"""What the engine does in a second, measured beside others, and the worst it can be made to do.

Speeds live here and never in tests: `make bench-engine`, `make bench-hostile`.
"""
