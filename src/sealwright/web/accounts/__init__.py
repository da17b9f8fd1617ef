"""People: how they sign in, which addresses are theirs, and how they leave."""
