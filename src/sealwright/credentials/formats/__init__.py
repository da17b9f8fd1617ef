"""Reading and writing what credentials come in: JSON, tokens, and baked pictures."""
