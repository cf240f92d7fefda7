"""Mail, and work in the background: what is due is sent by a worker (docs/decisions/0012-mail.md)."""
