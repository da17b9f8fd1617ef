"""The trail: who did what, when and why. Rows are only ever added."""
