"""Programs that make the data the repository ships; none of them runs in production."""
