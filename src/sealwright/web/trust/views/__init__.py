"""Pages about who vouches for whom."""
