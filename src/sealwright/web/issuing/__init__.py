"""Keys, awards, credentials and their status: everything that is issued."""
