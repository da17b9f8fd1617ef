"""What can be done to an organisation: one function for each use case."""
