"""What whoever keeps a site counts on."""
