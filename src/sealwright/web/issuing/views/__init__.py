"""The pages and documents of issuing."""
