"""The keepers' room: what whoever keeps a site needs, to have it back and to know how it is."""
