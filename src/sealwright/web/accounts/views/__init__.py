"""Pages about oneself, the way in, and the demo."""
