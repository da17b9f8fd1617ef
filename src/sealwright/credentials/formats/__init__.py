"""Reading and writing what credentials come in: JSON, tokens, baked pictures and PDF."""
