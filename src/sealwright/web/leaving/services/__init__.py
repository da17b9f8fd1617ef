"""The exit bundle: what is in it, how it is written, and who asked for it."""
