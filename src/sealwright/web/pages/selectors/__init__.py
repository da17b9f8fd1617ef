"""Reading what the public pages tell."""
