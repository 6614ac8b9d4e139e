"""The pages people work with; each has a module of its own that its notebook calls."""
