"""Help the people around a child notice sexual exploitation early and act on it the same day."""
