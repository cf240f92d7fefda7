"""The pages and deeds of the author's room: one module for each noun."""
