"""What is kept of a person: to be told, taken along, and forgotten."""
