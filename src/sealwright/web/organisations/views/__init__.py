"""The pages of an organisation: each view is one line of work behind a declared door."""
